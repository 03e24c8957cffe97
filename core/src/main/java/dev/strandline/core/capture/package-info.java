/**
 * The capture engine: walk → chunks → tree. Knows nothing of packs or the terminal: it reads through {@code fs}, stores
 * through {@code repository} and tells a listener. Depends on {@code browse}, {@code pattern} and below. Start reading
 * at {@link dev.strandline.core.capture.Capture}.
 */
@NullMarked
package dev.strandline.core.capture;

import org.jspecify.annotations.NullMarked;
