package dev.strandline.benchmarks.comparison.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MeterTest {
    private static final Duration WALL = Duration.ofSeconds(2);

    @Test
    void usage_ofGnuTime_isRead() {
        assertThat(Meter.usage(WALL, "1.25 0.50 2048\n")).isEqualTo(new Usage(WALL, Duration.ofMillis(1750), 2 << 20));
    }

    @Test
    void usage_ofSomethingElse_isRefused() {
        assertThatIllegalStateException().isThrownBy(() -> Meter.usage(WALL, "command not found"));
    }
}
