package dev.strandline.core.repository;

import dev.strandline.core.snapshot.SnapshotId;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * How a garbage collection is to go about it.
 *
 * @param maxUnused what share of what packs take may stay unused, because rewriting it gains little; 0 to 1
 * @param maxTime after which it begins nothing new
 * @param patience how long it waits for runs that began before it decided; what they may rely on is deleted by the next one
 * @param dryRun only says what it would do
 * @param without in a dry run, snapshots that count as forgotten
 */
public record CollectionOptions(
        double maxUnused, Optional<Duration> maxTime, Duration patience, boolean dryRun, Set<SnapshotId> without) {
    public static final double DEFAULT_MAX_UNUSED = 0.05;
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

    public static final CollectionOptions DEFAULT =
            new CollectionOptions(DEFAULT_MAX_UNUSED, Optional.empty(), DEFAULT_PATIENCE, false);

    public CollectionOptions {
        if (!(maxUnused >= 0 && maxUnused <= 1)) {
            throw new IllegalArgumentException("a share of " + maxUnused);
        }
        without = Set.copyOf(without);
        if (!dryRun && !without.isEmpty()) {
            throw new IllegalArgumentException("snapshots that are still there can't be left out");
        }
    }

    /** With all snapshots that there are. */
    public CollectionOptions(double maxUnused, Optional<Duration> maxTime, Duration patience, boolean dryRun) {
        this(maxUnused, maxTime, patience, dryRun, Set.of());
    }

    /** The same as if snapshots had been forgotten, which only a dry run can do. */
    public CollectionOptions without(Collection<SnapshotId> forgotten) {
        return new CollectionOptions(maxUnused, maxTime, patience, dryRun, Set.copyOf(forgotten));
    }
}
