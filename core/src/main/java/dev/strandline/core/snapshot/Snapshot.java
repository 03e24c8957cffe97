package dev.strandline.core.snapshot;

import java.util.Comparator;

/** A snapshot as found in a repository. */
public record Snapshot(SnapshotId id, SnapshotRecord record) {
    /** Oldest first; snapshots of the same instant by id. */
    public static final Comparator<Snapshot> BY_TIME = (a, b) -> {
        int order = a.record().time().compareTo(b.record().time());
        return order != 0 ? order : a.id().compareTo(b.id());
    };
}
