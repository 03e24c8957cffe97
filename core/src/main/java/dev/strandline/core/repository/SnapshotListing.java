package dev.strandline.core.repository;

import dev.strandline.core.snapshot.Snapshot;
import java.util.List;

/**
 * The snapshots of a repository.
 *
 * @param snapshots those that can be read, oldest first
 * @param damaged one for each that can't
 */
public record SnapshotListing(List<Snapshot> snapshots, List<DamageException> damaged) {
    public SnapshotListing {
        snapshots = List.copyOf(snapshots);
        damaged = List.copyOf(damaged);
    }
}
