/**
 * Every persisted layout, one class each; {@code docs/format.md} in code. Start reading at\n * {@link dev.strandline.store.format.ObjectHeader}.
 */
@NullMarked
package dev.strandline.store.format;

import org.jspecify.annotations.NullMarked;
