package dev.strandline.core.capture;

import java.util.Optional;

/**
 * What a capture knows of the one before, and what it notes for the one after.
 *
 * @param earlier a files cache whose chunks may all be presumed to be stored
 */
public record CaptureMemory(Optional<EarlierCapture> earlier, Optional<CaptureRecorder> recorder) {
    public static final CaptureMemory NONE = new CaptureMemory(Optional.empty(), Optional.empty());
}
