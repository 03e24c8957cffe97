package dev.strandline.cli.configuration;

import java.time.Duration;

/**
 * How the repository is kept small by itself.
 *
 * @param automatic whether a snapshot is followed by a garbage collection when one is due
 * @param maxTime after which that begins nothing new
 */
public record Upkeep(boolean automatic, Duration maxTime) {
    static final Upkeep DEFAULT = new Upkeep(true, Duration.ofMinutes(2));
}
