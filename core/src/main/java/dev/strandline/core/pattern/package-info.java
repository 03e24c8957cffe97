/**
 * Ignore patterns as git has them, on bytes. Pure; depends on {@code path}. Checked against {@code git check-ignore} by
 * its tests. Start reading at {@link dev.strandline.core.pattern.IgnoreRules}.
 */
@NullMarked
package dev.strandline.core.pattern;

import org.jspecify.annotations.NullMarked;
