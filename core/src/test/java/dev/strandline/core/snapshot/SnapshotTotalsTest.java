package dev.strandline.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A record holds nanoseconds that are no fewer than none: one that could not be read again must not come about. */
final class SnapshotTotalsTest {
    private static Duration held(Duration duration) {
        return new SnapshotTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, duration).duration();
    }

    @Test
    void duration_ofAClockThatWasSetMeanwhile_isWhatARecordCanHold() {
        assertThat(held(Duration.ofMinutes(-7))).isEqualTo(Duration.ZERO);
        assertThat(held(Duration.ofDays(400_000))).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
        assertThat(held(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    }
}
