package dev.strandline.core.retention;

import dev.strandline.core.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;

/**
 * Whether a snapshot stays, and why.
 *
 * @param time when it was taken, which is what its record says unless the clock was wrong
 * @param isProtected whether it stays whatever rules and the budget say
 * @param reasons one at least
 */
public record RetentionDecision(
        Snapshot snapshot, Instant time, boolean isKept, boolean isProtected, List<String> reasons) {
    public RetentionDecision {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty() || (isProtected && !isKept)) {
            throw new IllegalArgumentException("no reason, or protected and forgotten: " + reasons);
        }
    }

    RetentionDecision forgotten(String reason) {
        return new RetentionDecision(snapshot, time, false, false, List.of(reason));
    }
}
