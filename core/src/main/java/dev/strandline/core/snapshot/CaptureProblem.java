package dev.strandline.core.snapshot;

import dev.strandline.core.path.FilePath;

/** A source that could not be captured: which, and why. Data, not an exception: the run goes on without it. */
public record CaptureProblem(FilePath path, String reason) {}
