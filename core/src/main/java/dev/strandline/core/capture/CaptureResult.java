package dev.strandline.core.capture;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.CaptureProblem;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.snapshot.SnapshotRoot;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a capture found.
 *
 * @param roots ordered by path; a path that could not be captured is missing and among the problems
 * @param kept for each root, how many of its regular files the snapshot before had too
 * @param absent optional sources that were not there
 * @param problems the first ones, at most {@code SnapshotRecord.MAX_PROBLEMS}
 */
public record CaptureResult(
        List<SnapshotRoot> roots,
        List<Long> kept,
        CaptureCounts counts,
        List<FilePath> absent,
        List<CaptureProblem> problems) {
    /** The same with problems that were met outside the capture. */
    public CaptureResult with(List<CaptureProblem> more) {
        if (more.isEmpty()) {
            return this;
        }
        return new CaptureResult(
                roots,
                kept,
                counts.withUnreadable(counts.unreadable() + more.size()),
                absent,
                Stream.concat(more.stream(), problems.stream())
                        .limit(SnapshotRecord.MAX_PROBLEMS)
                        .toList());
    }
}
