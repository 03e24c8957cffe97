package dev.strandline.cli.configuration;

import dev.strandline.core.path.FileName;
import java.time.Duration;

/**
 * A command whose output tells something of the system's state, kept in each snapshot.
 *
 * @param command for the shell
 * @param timeout it is killed after this
 * @param maximumBytes of its output that are kept
 */
public record StateCommand(FileName name, String command, Duration timeout, int maximumBytes) {
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    static final long DEFAULT_BYTES = 64 << 10;
    static final long MOST_BYTES = 16 << 20;
}
