package dev.strandline.benchmarks.comparison.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UnitTest {
    @Test
    void seconds_haveThreeDigits() {
        assertThat(Unit.SECONDS.text(0.1234)).isEqualTo("0.123 s");
        assertThat(Unit.SECONDS.text(12.34)).isEqualTo("12.3 s");
        assertThat(Unit.SECONDS.text(1234.5)).isEqualTo("1235 s");
    }

    @Test
    void sizes_areWrittenInFull() {
        assertThat(Unit.BYTES.text(1234567)).isEqualTo("1,234,567");
        assertThat(Unit.FILES.text(7)).isEqualTo("7");
    }

    @Test
    void memory_isInMillions() {
        assertThat(Unit.MEMORY.text(123_400_000)).isEqualTo("123 MB");
    }
}
