/** Tests of what repositories tell of themselves. */
@NullMarked
package dev.strandline.core.repository;

import org.jspecify.annotations.NullMarked;
