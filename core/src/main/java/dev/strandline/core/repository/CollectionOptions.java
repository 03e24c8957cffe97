package dev.strandline.core.repository;

import java.time.Duration;
import java.util.Optional;

/**
 * How a garbage collection is to go about it.
 *
 * @param maxUnused what share of what packs take may stay unused, because rewriting it gains little; 0 to 1
 * @param maxTime after which it begins nothing new
 * @param patience how long it waits for runs that began before it decided; what they may rely on is deleted by the next one
 * @param dryRun only says what it would do
 */
public record CollectionOptions(double maxUnused, Optional<Duration> maxTime, Duration patience, boolean dryRun) {
    public static final double DEFAULT_MAX_UNUSED = 0.05;
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

    public static final CollectionOptions DEFAULT =
            new CollectionOptions(DEFAULT_MAX_UNUSED, Optional.empty(), DEFAULT_PATIENCE, false);

    public CollectionOptions {
        if (!(maxUnused >= 0 && maxUnused <= 1)) {
            throw new IllegalArgumentException("a share of " + maxUnused);
        }
    }
}
