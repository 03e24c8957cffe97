package dev.strandline.core.repository;

import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import java.util.List;
import java.util.Set;

/**
 * The snapshots of a repository.
 *
 * @param snapshots those that can be read, oldest first
 * @param damaged one for each that can't
 * @param forgotten those that were forgotten, as far as anything still names them
 */
public record SnapshotListing(List<Snapshot> snapshots, List<DamageException> damaged, Set<SnapshotId> forgotten) {
    public SnapshotListing {
        snapshots = List.copyOf(snapshots);
        damaged = List.copyOf(damaged);
        forgotten = Set.copyOf(forgotten);
    }
}
