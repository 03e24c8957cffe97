package dev.strandline.cli.unattended;

import dev.strandline.cli.environment.ExitCode;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a run that was to take a snapshot ended.
 *
 * @param started when
 * @param saved the snapshot; empty when nothing was saved, be it for want of changes
 * @param error what went wrong, on one line; empty when nothing did
 */
public record RunOutcome(
        Instant started, Duration duration, Trigger trigger, int exitCode, Optional<Snapshot> saved, String error) {
    /** The same with another exit code. */
    public RunOutcome with(int otherCode) {
        return new RunOutcome(started, duration, trigger, otherCode, saved, error);
    }

    /** Whether what could be saved was. */
    public boolean reachedItsEnd() {
        return exitCode == 0 || exitCode == ExitCode.PARTIAL;
    }
}
