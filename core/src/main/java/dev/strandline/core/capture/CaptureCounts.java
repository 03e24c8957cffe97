package dev.strandline.core.capture;

import dev.strandline.core.snapshot.SnapshotTotals;
import java.time.Duration;

/** How much a capture saw; the meaning of each count stands at {@link SnapshotTotals}. */
public record CaptureCounts(
        long files,
        long directories,
        long others,
        long bytes,
        long filesNew,
        long filesChanged,
        long filesUnmodified,
        long changedWhileRead,
        long unreadable) {
    static final CaptureCounts NONE = new CaptureCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    CaptureCounts withUnreadable(long count) {
        return new CaptureCounts(
                files, directories, others, bytes, filesNew, filesChanged, filesUnmodified, changedWhileRead, count);
    }

    /** Completes the counts with what the run cost. */
    public SnapshotTotals toTotals(long addedBytes, long storedBytes, Duration duration) {
        return new SnapshotTotals(
                files,
                directories,
                others,
                bytes,
                filesNew,
                filesChanged,
                filesUnmodified,
                changedWhileRead,
                unreadable,
                addedBytes,
                storedBytes,
                duration);
    }
}
