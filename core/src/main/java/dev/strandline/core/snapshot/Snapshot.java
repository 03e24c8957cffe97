package dev.strandline.core.snapshot;

import java.util.Comparator;

/** A snapshot as found in a repository. */
public record Snapshot(SnapshotId id, SnapshotRecord record) {
    /** Oldest first; snapshots of the same instant by id. */
    public static final Comparator<Snapshot> BY_TIME = Comparator.comparing(
                    (Snapshot snapshot) -> snapshot.record().time())
            .thenComparing(Snapshot::id);
}
