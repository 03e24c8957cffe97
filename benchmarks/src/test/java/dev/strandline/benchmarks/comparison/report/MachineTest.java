package dev.strandline.benchmarks.comparison.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MachineTest {
    @Test
    void value_isOfTheFirstLineWithThatName() {
        String lines = "model\t\t: 85\nmodel name\t: Some CPU @ 2.0 GHz\nmodel name\t: Another\n";

        assertThat(Machine.value(lines, "model name")).contains("Some CPU @ 2.0 GHz");
        assertThat(Machine.value(lines, "cache size")).isEmpty();
    }
}
