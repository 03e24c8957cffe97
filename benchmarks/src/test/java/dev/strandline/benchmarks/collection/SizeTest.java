package dev.strandline.benchmarks.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.benchmarks.comparison.contender.Retention;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SizeTest {
    private static final Size SIZE = new Size(5, new Retention(24, 2, 4), 1);

    @Test
    void retention_keepsWholeDaysAndOneOfEachDayBefore() {
        assertThat(SIZE.retention().last()).isEqualTo(48);
        assertThat(SIZE.retention().daysBefore()).isEqualTo(2);
        assertThat(SIZE.retention().kept()).isEqualTo(50);
    }

    @Test
    void history_coversWholeDays() {
        assertThat(SIZE.time(0)).isEqualTo(Instant.parse("2025-01-06T00:00:00Z"));
        assertThat(SIZE.time(SIZE.snapshots() - 1)).isEqualTo(Instant.parse("2025-01-10T23:00:00Z"));
    }

    @Test
    void oldestKept_isTheLastOfTheFirstDayThatCounts() {
        assertThat(SIZE.time(SIZE.oldestKept())).isEqualTo(Instant.parse("2025-01-07T23:00:00Z"));
    }
}
