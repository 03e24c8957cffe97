package dev.strandline.benchmarks.comparison.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.benchmarks.comparison.measure.Subject;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class RowTest {
    private static final Map<Subject, Double> FIGURES =
            Map.of(Subject.STRANDLINE, 2.0, Subject.RESTIC, 8.0, Subject.BORG, 4.0, Subject.FIND, 1.0);

    private static Row row(Target... targets) {
        return new Row("x", "wall", 3, Unit.SECONDS, FIGURES, List.of(targets));
    }

    @Test
    void ratios_withoutTarget_areToTheBestPeer() {
        assertThat(row().ratios()).containsExactly(new Ratio(Subject.BORG, 0.5, OptionalDouble.empty()));
    }

    @Test
    void ratios_toAPeerByName_leaveTheBestOneOut() {
        assertThat(row(new Target.OfSubject(Subject.RESTIC, 0.3)).ratios())
                .containsExactly(new Ratio(Subject.RESTIC, 0.25, OptionalDouble.of(0.3)));
    }

    @Test
    void ratios_toAnOutsider_comeAfterTheBestPeer() {
        assertThat(row(new Target.OfSubject(Subject.FIND, 1.5)).ratios())
                .containsExactly(
                        new Ratio(Subject.BORG, 0.5, OptionalDouble.empty()),
                        new Ratio(Subject.FIND, 2.0, OptionalDouble.of(1.5)));
    }

    @Test
    void ratios_toSomebodyWhoWasNotMeasured_areLeftOut() {
        assertThat(row(new Target.OfSubject(Subject.RSYNC_NEW_COPY, 1)).verdicts())
                .isEmpty();
    }

    @Test
    void verdicts_tellMetFromMissed() {
        var row = row(new Target.OfBestPeer(0.5), new Target.OfSubject(Subject.FIND, 1.5), new Target.Absolute(1.9));

        assertThat(row.verdicts())
                .containsExactly(
                        new Verdict("≤ 0.5 × borg", true),
                        new Verdict("≤ 1.5 × find -printf", false),
                        new Verdict("≤ 1.900 s", false));
    }
}
