package dev.strandline.core.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreRulesTest {
    private static boolean excludes(IgnoreRules rules, String path) {
        boolean isDirectory = path.endsWith("/");
        String name = isDirectory ? path.substring(0, path.length() - 1) : path;
        return rules.exclusion(name.getBytes(StandardCharsets.UTF_8), isDirectory)
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "*.log, a/b.log, true",
        "*.log, b.logs, false",
        "/a, a, true",
        "/a, b/a, false",
        "a/b, a/b, true",
        "a/b, x/a/b, false",
        "cache/, x/cache/, true",
        "cache/, x/cache, false",
        "**/x, x, true",
        "**/x, a/b/x, true",
        "a/**, a/b/c, true",
        "a/**, a, false",
        "a/**/b, a/b, true",
        "a/**/b, a/x/y/b, true",
        "a/*, a/b/c, false",
        "[!a]x, bx, true",
        "[!a]x, ax, false",
        "[[:digit:]]x, 7x, true",
        "/a**, ab/c, true"
    })
    void exclusion_onePattern_decidesAsGitDocumentsIt(String pattern, String path, boolean excluded) {
        assertThat(excludes(IgnoreRules.of(List.of(pattern)), path)).isEqualTo(excluded);
    }

    @Test
    void exclusion_severalMatches_theLastDecidesAndIsNamed() {
        var rules = IgnoreRules.of(List.of("*.log", "!keep.log", "/keep.log"));
        assertThat(rules.exclusion("x/keep.log".getBytes(StandardCharsets.UTF_8), false))
                .isEmpty();
        assertThat(rules.exclusion("keep.log".getBytes(StandardCharsets.UTF_8), false))
                .contains("/keep.log");
    }

    @Test
    void exclusion_severalSpellings_eachPatternIsTriedOnAll() {
        var rules = IgnoreRules.of(List.of("*.log", "!/keep.log"));
        var spellings =
                List.of("keep.log".getBytes(StandardCharsets.UTF_8), "srv/keep.log".getBytes(StandardCharsets.UTF_8));
        assertThat(rules.exclusion(spellings).of(false)).isEmpty();
    }

    @Test
    void of_hash_isNoComment() {
        var rules = IgnoreRules.of(List.of("#*#", "#x"));
        assertThat(rules.texts()).containsExactly("#*#", "#x");
        assertThat(excludes(rules, "a/#draft#")).isTrue();
        assertThat(excludes(rules, "#x")).isTrue();
    }

    @Test
    void texts_backslashesAndBlanks_areAsGiven() {
        assertThat(IgnoreRules.of(List.of("a\\*b\\ ", "tab\t", "ü")).texts()).containsExactly("a\\*b\\ ", "tab\t", "ü");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "!",
                "/",
                "!/",
                "a//b",
                "./a",
                "a/../b",
                "..",
                "[a",
                "a\\",
                "[[:digit:]",
                "~/a",
                "~",
                "a//"
            })
    void futility_patternsThatMatchNothing_areTold(String pattern) {
        assertThat(IgnoreRules.futility(pattern)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "!a",
                "/a/",
                "#",
                "*~",
                "a/**",
                "**/a",
                "[]]",
                "[!]]x",
                "[[:digit:]]",
                "a\\[",
                ".a",
                "...",
                "~a",
                "[a\\]]"
            })
    void futility_otherPatterns_haveNone(String pattern) {
        assertThat(IgnoreRules.futility(pattern)).isEmpty();
    }

    @Test
    void ofFile_byteOrderMarkCommentsAndEmptyLines_areNoPatterns() {
        var rules = IgnoreRules.ofFile("\ufeff*.log\r\n\n# comment\n\\#a \n/\n".getBytes(StandardCharsets.UTF_8));
        assertThat(rules.texts()).hasSize(2);
        assertThat(excludes(rules, "a.log")).isTrue();
        assertThat(excludes(rules, "#a")).isTrue();
        assertThat(IgnoreRules.ofFile(new byte[0]).isEmpty()).isTrue();
    }

    @Test
    void and_laterRules_win() {
        var rules = IgnoreRules.of(List.of("a")).and(IgnoreRules.of(List.of("!a", "b")));
        assertThat(excludes(rules, "a")).isFalse();
        assertThat(excludes(rules, "b")).isTrue();
        assertThat(excludes(IgnoreRules.of(List.of("!a")).and(IgnoreRules.of(List.of("a"))), "a"))
                .isTrue();
    }

    /** Backtracking over each star would take longer than the universe has. */
    @Test
    void exclusion_manyStarsThatDoNotMatch_endsAllTheSame() {
        var rules = IgnoreRules.of(List.of("*a".repeat(40) + "b", "**/" + "*a/**/".repeat(20) + "b"));
        assertThat(excludes(rules, "a".repeat(250))).isFalse();
        assertThat(excludes(rules, "a/".repeat(100) + "c")).isFalse();
    }
}
