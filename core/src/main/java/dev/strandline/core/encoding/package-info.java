/**
 * The primitive encodings that every persisted layout is made of: little-endian integers, LEB128 varints and
 * length-prefixed bytes, read with every bound checked, hexadecimal digits, and sums that do not go round. Depends on nothing.
 * {@code docs/format.md}, "Primitives".
 */
@NullMarked
package dev.strandline.core.encoding;

import org.jspecify.annotations.NullMarked;
