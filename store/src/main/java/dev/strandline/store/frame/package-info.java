/**
 * Compression of frames and small objects. Start reading at {@link dev.strandline.store.frame.Payload}.
 */
@NullMarked
package dev.strandline.store.frame;

import org.jspecify.annotations.NullMarked;
