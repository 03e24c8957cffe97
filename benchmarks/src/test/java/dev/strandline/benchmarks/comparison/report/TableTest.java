package dev.strandline.benchmarks.comparison.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.benchmarks.comparison.measure.Subject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void markdown_leavesEmptyColumnsOut() {
        var row =
                new Row("", "size", 0, Unit.BYTES, Map.of(Subject.STRANDLINE, 1000.0, Subject.BORG, 2000.0), List.of());

        assertThat(Table.markdown(List.of(row))).isEqualTo("""
                        | Measure | Strandline | restic | borg | Strandline ÷ |
                        |---|--:|--:|--:|---|
                        | size | 1,000 | – | 2,000 | borg 0.5 |
                        """);
    }
}
