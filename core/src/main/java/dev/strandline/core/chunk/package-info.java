/**
 * Content-defined chunking: where a byte stream is cut and what its pieces are called. Pure; depends on nothing. Start
 * reading at {@link dev.strandline.core.chunk.Chunker}.
 */
@NullMarked
package dev.strandline.core.chunk;

import org.jspecify.annotations.NullMarked;
