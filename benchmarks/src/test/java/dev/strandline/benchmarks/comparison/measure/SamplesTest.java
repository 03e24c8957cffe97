package dev.strandline.benchmarks.comparison.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SamplesTest {
    private static Usage usage(long wallMillis, long peakBytes) {
        return new Usage(Duration.ofMillis(wallMillis), Duration.ZERO, peakBytes);
    }

    @Test
    void median_oddCount_isTheMiddleOne() {
        assertThat(Samples.median(9, 1, 5)).isEqualTo(5);
        assertThat(Samples.median(7)).isEqualTo(7);
    }

    @Test
    void median_evenCount_isBetweenTheTwoInTheMiddle() {
        assertThat(Samples.median(1, 100, 3, 2)).isEqualTo(2.5);
    }

    @Test
    void median_nothing_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(Samples::median);
    }

    @Test
    void figures_areOfEachSubject() {
        var samples = new Samples();
        samples.add(Subject.BORG, usage(3000, 10));
        samples.add(Subject.BORG, usage(1000, 30));
        samples.add(Subject.BORG, usage(1500, 20));
        samples.add(Subject.RESTIC, usage(500, 7));

        assertThat(samples.medianWallSeconds()).isEqualTo(Map.of(Subject.BORG, 1.5, Subject.RESTIC, 0.5));
        assertThat(samples.peakBytes()).isEqualTo(Map.of(Subject.BORG, 30.0, Subject.RESTIC, 7.0));
        assertThat(samples.rounds()).isEqualTo(3);
    }
}
