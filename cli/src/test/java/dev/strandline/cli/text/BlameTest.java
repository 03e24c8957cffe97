package dev.strandline.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BlameTest {
    @Test
    void lines_bearTheVersionThatBroughtThem() {
        var blame = new Blame<Integer>();
        blame.next(1, List.of("a\n", "b\n", "c\n"));
        blame.next(2, List.of("a\n", "B\n", "c\n"));
        blame.next(3, List.of("new\n", "a\n", "B\n"));
        assertThat(blame.lines())
                .containsExactly(new Blame.Line<>(3, "new\n"), new Blame.Line<>(1, "a\n"), new Blame.Line<>(2, "B\n"));
    }

    @Test
    void lines_thatComeBack_areNew() {
        var blame = new Blame<Integer>();
        blame.next(1, List.of("a\n"));
        blame.next(2, List.of());
        blame.next(3, List.of("a\n"));
        assertThat(blame.lines()).containsExactly(new Blame.Line<>(3, "a\n"));
    }
}
