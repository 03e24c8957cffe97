package dev.strandline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages are made of. */
class PageTest {
    @Test
    void text_ofAnyKind_isEscaped() {
        var page = new Markup()
                .begin("p", "title", "\"'<&>")
                .text("<script> & \u001b \ud800 \ufffe")
                .end();
        assertThat(page.whole())
                .isEqualTo("<p title=\"&quot;&#39;&lt;&amp;&gt;\">&lt;script&gt; &amp; \ufffd \ufffd \ufffd</p>");
    }

    @Test
    void whole_withAnElementThatIsOpen_isABug() {
        assertThatThrownBy(() -> new Markup().begin("p").whole()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Markup().verbatim("a<b")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void tiles_ofAnySizes_haveTheirAreasAndFillTheRectangle(long seed) {
        var random = new Random(seed);
        var sizes = LongStream.generate(() -> 1 + random.nextLong(1L << random.nextInt(1, 40)))
                .limit(1 + random.nextInt(40))
                .boxed()
                .sorted((a, b) -> Long.compare(b, a))
                .toList();
        double sum = sizes.stream().mapToLong(Long::longValue).sum();
        var tiles = Tiling.of(1000, 400, sizes);
        assertThat(tiles).hasSameSizeAs(sizes);
        for (int i = 0; i < tiles.size(); i++) {
            var tile = tiles.get(i);
            assertThat(tile.area()).isCloseTo(400_000 * sizes.get(i) / sum, within(1e-3));
            assertThat(tile.x()).isGreaterThanOrEqualTo(0);
            assertThat(tile.x() + tile.width()).isLessThanOrEqualTo(1000 + 1e-6);
            assertThat(tile.y() + tile.height()).isLessThanOrEqualTo(400 + 1e-6);
            for (var other : tiles.subList(0, i)) {
                assertThat(overlap(tile, other)).isCloseTo(0, within(1e-3));
            }
        }
    }

    private static double overlap(Tiling.Tile one, Tiling.Tile other) {
        double width = Math.min(one.x() + one.width(), other.x() + other.width()) - Math.max(one.x(), other.x());
        double height = Math.min(one.y() + one.height(), other.y() + other.height()) - Math.max(one.y(), other.y());
        return Math.max(0, width) * Math.max(0, height);
    }

    @Test
    void tiles_ofEqualSizes_areSquare() {
        assertThat(Tiling.of(2, 2, List.of(1L, 1L, 1L, 1L)))
                .allSatisfy(tile -> assertThat(tile.width()).isCloseTo(tile.height(), within(1e-9)));
    }

    @Test
    void levels_tellFewFromNone() {
        assertThat(Levels.of(0, 1000)).isZero();
        assertThat(Levels.of(1, 1000)).isEqualTo(1);
        assertThat(Levels.of(1000, 1000)).isEqualTo(4);
        assertThat(Levels.of(0, 0)).isZero();
    }

    @Test
    void lengths_ofNothing_areZero() {
        assertThat(Lengths.percent(0, 0)).isEqualTo("0.0%");
        assertThat(Lengths.percent(1, 3)).isEqualTo("33.33%");
        assertThat(Lengths.of(1234.567)).isEqualTo("1234.57");
    }
}
