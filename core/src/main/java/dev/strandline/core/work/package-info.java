/**
 * Threads that work off tasks behind a bounded queue. Depends on {@code repository}'s errors, which it carries from the
 * threads to whoever waits.
 */
@NullMarked
package dev.strandline.core.work;

import org.jspecify.annotations.NullMarked;
