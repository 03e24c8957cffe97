package dev.strandline.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class LineSearchTest {
    private static List<LineSearch.Hit> search(String pattern, String... pieces) throws IOException {
        var search = new LineSearch(Pattern.compile(pattern), LineSearch.MAX_HITS);
        for (var piece : pieces) {
            search.write(piece.getBytes(StandardCharsets.UTF_8));
        }
        return search.hits();
    }

    @Test
    void hits_linesThatComeInPieces_areFoundWhole() throws IOException {
        assertThat(search("b+c$", "a\nab", "bc\nbcd\n", "bc"))
                .containsExactly(new LineSearch.Hit(2, "abbc"), new LineSearch.Hit(4, "bc"));
    }

    @Test
    void hits_ofWhatIsNoText_areNone() throws IOException {
        assertThat(search("a", "a\n", "\0", "a\n")).isEmpty();
        assertThat(search("abc", "abc\0def")).isEmpty();
    }

    @Test
    void hits_inALineOfManyMegabytes_areToldOnce() throws IOException {
        var line = "x".repeat(1 << 20);
        assertThat(search("needle", "first\n", line, "needle", line, "needle\n", "needle\n"))
                .extracting(LineSearch.Hit::number)
                .containsExactly(2, 3);
    }

    @Test
    void hits_aPatternThatRecursesTooDeep_isTold() throws IOException {
        var search = new LineSearch(Pattern.compile("(x|y)+z"), 1);
        search.write("x".repeat(900_000).getBytes(StandardCharsets.UTF_8));
        search.write("\nxz\nyz\n".getBytes(StandardCharsets.UTF_8));
        assertThat(search.hits()).containsExactly(new LineSearch.Hit(2, "xz"));
        assertThat(search.isTooLong()).isTrue();
    }
}
