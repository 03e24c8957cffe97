package dev.strandline.core.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.strandline.core.path.FilePath;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RuleTextTest {
    @Test
    void eachNamedRule_isParsedAndHasThatName() {
        RuleText.counts()
                .forEach(name -> assertEquals(name, RuleText.parse(name, "7").name()));
        RuleText.ages()
                .forEach(name -> assertEquals(name, RuleText.parse(name, "7d").name()));
        assertEquals(7, RuleText.counts().size());
        assertEquals(7, RuleText.ages().size());
    }

    @Test
    void values_areParsed() {
        assertEquals(new RetentionRule.Last(12), RuleText.parse("keep-last", "12"));
        assertEquals(
                new RetentionRule.Newest(Period.DAILY, RetentionRule.UNLIMITED),
                RuleText.parse("keep-daily", "unlimited"));
        assertEquals(new RetentionRule.Tagged(Set.of("a", "b")), RuleText.parse("keep-tag", "b,a"));
        assertEquals(within(Duration.ofHours(36)), RuleText.parse("keep-within", "36h"));
        assertEquals(within(Duration.ofDays(366 + 2 * 31 + 3)), RuleText.parse("keep-within", "1y2months3d"));
        assertEquals(within(Duration.ofMinutes(90)), RuleText.parse("keep-within", "90min"));
        var etc = new RetentionRule.Versions(FilePath.of("/etc"), Duration.ofDays(366));
        assertEquals(etc, RuleText.parse("keep-versions", "/etc=1y"));
        assertEquals(etc, RuleText.parse("keep-versions", "/etc/**=1 year"));
    }

    @Test
    void whatIsNoValue_isRefusedWithWhatWouldBeOne() {
        assertRefused("keep-last", "many", "'many' is no count: write a number such as 7, or unlimited");
        assertRefused("keep-last", "0", "a count of 0 keeps nothing: leave the rule out instead");
        assertRefused("keep-within", "6m", "'6m' may mean minutes or months: write them out, such as 30min or 6months");
        assertRefused("keep-within", "soon", "'soon' is no age: write one like 36h, 14d, 8w, 6months or 1y");
        assertRefused("keep-versions", "/etc", "'/etc' is not PATH=AGE, such as /etc=1y");
        assertRefused(
                "keep-versions",
                "/etc/*.conf=1y",
                "'/etc/*.conf' is no absolute path: write one such as /etc or /etc/**");
        assertRefused("keep-versions", "etc=1y", "'etc' is no absolute path: write one such as /etc or /etc/**");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> RuleText.parse("keep-within", "0d"))
                .getMessage()
                .contains("keeps nothing"));
    }

    private static void assertRefused(String name, String value, String message) {
        var refused = assertThrows(IllegalArgumentException.class, () -> RuleText.parse(name, value));
        assertEquals(message, refused.getMessage());
    }

    private static RetentionRule within(Duration age) {
        return new RetentionRule.Within(age);
    }
}
