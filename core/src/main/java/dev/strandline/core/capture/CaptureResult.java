package dev.strandline.core.capture;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.CaptureProblem;
import dev.strandline.core.snapshot.SnapshotRoot;
import java.util.List;

/**
 * What a capture found.
 *
 * @param roots ordered by path; a path that could not be captured is missing and among the problems
 * @param absent optional sources that were not there
 * @param problems the first ones, at most {@code SnapshotRecord.MAX_PROBLEMS}
 */
public record CaptureResult(
        List<SnapshotRoot> roots, CaptureCounts counts, List<FilePath> absent, List<CaptureProblem> problems) {}
