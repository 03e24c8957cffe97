package dev.strandline.benchmarks.comparison.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.benchmarks.comparison.measure.Subject;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class RatioTest {
    @Test
    void text_isExactButNotLong() {
        assertThat(Ratio.text(0.4041)).isEqualTo("0.404");
        assertThat(Ratio.text(0.4)).isEqualTo("0.4");
        assertThat(Ratio.text(1)).isEqualTo("1.0");
        assertThat(Ratio.text(22.25)).isEqualTo("22.25");
        assertThat(Ratio.text(0.00239)).isEqualTo("0.0024");
        assertThat(Ratio.text(0)).isEqualTo("0.0");
    }

    @Test
    void target_isMetUpToItsLimit() {
        assertThat(new Ratio(Subject.BORG, 0.4, OptionalDouble.of(0.4)).isMet()).isTrue();
        assertThat(new Ratio(Subject.BORG, 0.401, OptionalDouble.of(0.4)).isMet())
                .isFalse();
        assertThat(new Ratio(Subject.BORG, 9, OptionalDouble.empty()).isMet()).isTrue();
    }
}
