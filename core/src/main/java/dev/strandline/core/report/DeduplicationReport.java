package dev.strandline.core.report;

import dev.strandline.core.encoding.Sum;
import dev.strandline.core.repository.StoredAmounts;
import dev.strandline.core.snapshot.Snapshot;
import java.util.List;

/**
 * How much smaller a repository is than the snapshots in it.
 *
 * @param snapshots how many there are
 * @param logicalFiles files in all of them together
 * @param logicalBytes what all of them restored would take
 * @param stored what the repository holds
 */
public record DeduplicationReport(long snapshots, long logicalFiles, long logicalBytes, StoredAmounts stored) {

    public static DeduplicationReport of(List<Snapshot> snapshots, StoredAmounts stored) {
        long files = 0;
        long bytes = 0;
        for (var snapshot : snapshots) {
            files = Sum.saturated(files, snapshot.record().totals().files());
            bytes = Sum.saturated(bytes, snapshot.record().totals().bytes());
        }
        return new DeduplicationReport(snapshots.size(), files, bytes, stored);
    }

    /** Logical bytes that are stored once for many, or never because they are holes. */
    public long duplicateBytes() {
        return logicalBytes - stored.data().plainBytes();
    }

    /** What is saved of the rest by storing chunks as differences, over {@link #compressionBytes}. */
    public long deltaBytes() {
        return stored.data().deltaBytes();
    }

    /** What compression saves of the rest. */
    public long compressionBytes() {
        return stored.data().compressionBytes();
    }

    /** Logical bytes per byte in the repository, everything included; 0 when it is empty. */
    public double ratio() {
        return stored.totalBytes() == 0 ? 0 : (double) logicalBytes / stored.totalBytes();
    }
}
