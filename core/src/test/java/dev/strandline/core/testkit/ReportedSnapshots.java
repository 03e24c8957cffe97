package dev.strandline.core.testkit;

import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.snapshot.SnapshotTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Snapshots of which only time and totals count. */
public final class ReportedSnapshots {
    private int count;

    /** One whose run added something. */
    public Snapshot of(String time, long logicalBytes, long addedBytes, long storedBytes) {
        var record = SnapshotExamples.record(Instant.parse(time), List.of(), Optional.empty());
        var totals = new SnapshotTotals(1, 0, 0, logicalBytes, 0, 0, 0, 0, 0, addedBytes, storedBytes, Duration.ZERO);
        return new Snapshot(TreeMaker.id(count++), with(record, totals));
    }

    private static SnapshotRecord with(SnapshotRecord record, SnapshotTotals totals) {
        return new SnapshotRecord(
                record.time(),
                record.offset(),
                record.hostname(),
                record.username(),
                record.program(),
                record.message(),
                record.tags(),
                record.trigger(),
                record.roots(),
                record.excludes(),
                record.absent(),
                record.systemState(),
                record.pinned(),
                record.parent(),
                totals,
                record.problems());
    }
}
