package dev.strandline.core.snapshot;

import java.time.Duration;

/**
 * What a capture saw and what it cost.
 *
 * @param files regular files in the snapshot
 * @param others symbolic links, FIFOs, sockets and devices in the snapshot
 * @param bytes logical size of all regular files, holes included
 * @param filesNew not in the parent snapshot, or there was none
 * @param filesChanged of another content or metadata than in the parent
 * @param filesUnmodified as in the parent
 * @param changedWhileRead files that never held still while they were read
 * @param unreadable sources that could not be captured
 * @param addedBytes plain bytes of the chunks that the repository did not have
 * @param storedBytes what these take in the repository
 */
public record SnapshotTotals(
        long files,
        long directories,
        long others,
        long bytes,
        long filesNew,
        long filesChanged,
        long filesUnmodified,
        long changedWhileRead,
        long unreadable,
        long addedBytes,
        long storedBytes,
        Duration duration) {

    /** The longest that a record can hold. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    public SnapshotTotals {
        // A clock that was set back, or far ahead, meanwhile.
        if (duration.isNegative()) {
            duration = Duration.ZERO;
        } else if (duration.compareTo(LONGEST) > 0) {
            duration = LONGEST;
        }
    }
}
