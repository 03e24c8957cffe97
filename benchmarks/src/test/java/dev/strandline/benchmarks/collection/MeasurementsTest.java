package dev.strandline.benchmarks.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.measure.Usage;
import dev.strandline.benchmarks.comparison.report.Table;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MeasurementsTest {
    private static final FolderSize BEFORE = new FolderSize(20, 2000);

    private final Measurements measurements = new Measurements();

    private static Usage usage(long seconds, long peakBytes) {
        return new Usage(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds), peakBytes);
    }

    @BeforeEach
    void measure() {
        measurements.add(
                Subject.STRANDLINE, BEFORE, List.of(usage(1, 7_000_000), usage(2, 5_000_000)), new FolderSize(5, 500));
        measurements.add(Subject.RESTIC, BEFORE, List.of(usage(4, 3_000_000)), new FolderSize(4, 400));
        measurements.add(
                Subject.BORG, BEFORE, List.of(usage(1, 1_000_000), usage(1, 2_000_000)), new FolderSize(6, 600));
    }

    @Test
    void rows_addUpWhatCommandsTook() {
        assertThat(Table.markdown(measurements.rows()))
                .contains("| drop and free | 1 | 3.000 s | 4.000 s | 2.000 s | restic 0.75, borg 1.5"
                        + " | ≤ 1.0 × restic, ≤ 1.0 × borg | yes, **no** |\n")
                .contains("| peak memory |  | 7 MB | 3 MB | 2 MB |");
    }

    @Test
    void rows_tellSizesBeforeAndAfter() {
        assertThat(Table.markdown(measurements.rows()))
                .contains("| repository before, bytes |  | 2,000 | 2,000 | 2,000 |")
                .contains("| repository after, bytes |  | 500 | 400 | 600 | restic 1.25, borg 0.833 |")
                .contains("| repository after, files |  | 5 | 4 | 6 |");
    }

    @Test
    void verdict_namesWhatIsMissed() {
        assertThat(Table.verdict(measurements.rows()))
                .isEqualTo("2 of 4 targets met. Missed: drop and free, ≤ 1.0 × borg; repository after, bytes,"
                        + " ≤ 1.0 × restic.");
    }
}
