package dev.strandline.core.retention;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.TimeExpression;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules as people write them, on a command line or in a configuration: a name and a value. */
public final class RuleText {
    public static final String LAST = "keep-last";
    public static final String WITHIN = "keep-within";
    public static final String TAG = "keep-tag";
    public static final String VERSIONS = "keep-versions";

    /** For messages that refuse an age. */
    public static final String AGE_EXAMPLES = "36h, 14d, 8w, 6months or 1y";

    private static final Pattern MONTHS_OR_MINUTES = Pattern.compile("\\d\\s*m(?![a-z])");
    private static final Pattern LONG_UNIT = Pattern.compile("(\\d{1,6})\\s*(mo|months?|y|years?)(?![a-z])");

    /** Months and years are as long as the longest, so that nothing goes too early. */
    private static final int DAYS_OF_MONTH = 31;

    private static final int DAYS_OF_YEAR = 366;

    private RuleText() {}

    /** The rules that say how many: {@code keep-last}, {@code keep-daily} and so on. */
    public static List<String> counts() {
        return Stream.concat(Stream.of(LAST), periods().map(period -> "keep-" + period))
                .toList();
    }

    /** The rules that say how old: {@code keep-within}, {@code keep-within-daily} and so on. */
    public static List<String> ages() {
        return Stream.concat(Stream.of(WITHIN), periods().map(period -> WITHIN + "-" + period))
                .toList();
    }

    private static Stream<String> periods() {
        return Arrays.stream(Period.values()).map(Period::text);
    }

    /**
     * A rule of one of these names, {@link #TAG} or {@link #VERSIONS}.
     *
     * @throws IllegalArgumentException when the value is none for this rule; the message says why, and what would be one
     */
    public static RetentionRule parse(String name, String value) {
        if (name.equals(TAG)) {
            return new RetentionRule.Tagged(tags(value));
        }
        if (name.equals(VERSIONS)) {
            return versions(value);
        }
        if (name.equals(LAST)) {
            return new RetentionRule.Last(count(value));
        }
        if (name.equals(WITHIN)) {
            return new RetentionRule.Within(age(value));
        }
        for (var period : Period.values()) {
            if (name.equals("keep-" + period.text())) {
                return new RetentionRule.Newest(period, count(value));
            }
            if (name.equals(WITHIN + "-" + period.text())) {
                return new RetentionRule.NewestWithin(period, age(value));
            }
        }
        throw new IllegalStateException("there is no rule " + name);
    }

    private static int count(String value) {
        if (value.equals("unlimited")) {
            return RetentionRule.UNLIMITED;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("'" + value + "' is no count: write a number such as 7, or unlimited");
        }
    }

    /** {@code PATH=AGE}; the path may end with {@code /**}, which says the same. */
    private static RetentionRule versions(String value) {
        int equals = value.lastIndexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("'" + value + "' is not PATH=AGE, such as /etc=1y");
        }
        String path = value.substring(0, equals);
        path = path.endsWith("/**") ? path.substring(0, path.length() - 3) : path;
        if (!path.startsWith("/") || path.indexOf('*') >= 0 || path.indexOf('?') >= 0 || path.indexOf('[') >= 0) {
            throw new IllegalArgumentException(
                    "'" + value.substring(0, equals) + "' is no absolute path: write one such as /etc or /etc/**");
        }
        return new RetentionRule.Versions(FilePath.of(path), age(value.substring(equals + 1)));
    }

    private static Duration age(String value) {
        if (MONTHS_OR_MINUTES.matcher(value).find()) {
            throw new IllegalArgumentException(
                    "'" + value + "' may mean minutes or months: write them out, such as 30min or 6months");
        }
        String inDays = LONG_UNIT
                .matcher(value)
                .replaceAll(found -> Integer.parseInt(found.group(1))
                                * (long) (found.group(2).startsWith("y") ? DAYS_OF_YEAR : DAYS_OF_MONTH)
                        + "d");
        return TimeExpression.duration(inDays)
                .orElseThrow(() ->
                        new IllegalArgumentException("'" + value + "' is no age: write one like " + AGE_EXAMPLES));
    }

    private static Set<String> tags(String value) {
        var tags = Set.of(value.split(",", -1));
        if (tags.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a tag is empty");
        }
        return tags;
    }
}
