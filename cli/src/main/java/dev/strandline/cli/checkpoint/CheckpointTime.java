package dev.strandline.cli.checkpoint;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as scripts write them into names and notes: {@code 20251116-151944}, {@code 2025-11-16 15:19:44}, with or without
 * separators, seconds and an offset, and what {@code date} prints in English. Without an offset they are local times; one
 * that a change of clocks makes twice is the earlier.
 */
final class CheckpointTime {
    private static final Pattern NUMBERS =
            Pattern.compile("(?<!\\d)(?<year>(?:19|20)\\d\\d)(?<ds>[-_./]?)(?<month>\\d\\d)"
                    + "\\k<ds>(?<day>\\d\\d)(?:\\s+at\\s+|[-_.,Tt \\t]{0,3})"
                    + "(?<hour>\\d\\d)(?<ts>[-_.:]?)(?<minute>\\d\\d)(?:\\k<ts>(?<second>\\d\\d)(?!\\d)(?:[.,]\\d{1,9})?|(?![-_.:]?\\d))"
                    + "(?:\\s?(?<zone>(?:Z|UTC|GMT)(?![A-Za-z])|[+]\\d\\d:?\\d\\d|-\\d\\d:\\d\\d))?");

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final Pattern WORDS =
            Pattern.compile("(?i)\\b(?<month>" + String.join("|", MONTHS) + ")\\s+(?<day>\\d{1,2})\\s+"
                    + "(?<hour>\\d{1,2}):(?<minute>\\d\\d):(?<second>\\d\\d)(?:\\s+(?<half>AM|PM))?"
                    + "(?:\\s+(?<zone>[A-Z]{1,5}|[+-]\\d{2,4}))?\\s+(?<year>\\d{4})\\b");

    private static final Pattern EPOCH_SECONDS = Pattern.compile("\\d{9,10}");

    private static final int HALF_DAY_HOURS = 12;

    private CheckpointTime() {}

    /** The first time in a name. */
    static Optional<Instant> inName(String name, ZoneId zone) {
        var matcher = NUMBERS.matcher(name);
        for (int start = 0; matcher.find(start); start = matcher.start() + 1) {
            var time = numbers(matcher, zone);
            if (time.isPresent()) {
                return time;
            }
        }
        return Optional.empty();
    }

    /** The time that a note tells; also as seconds since 1970. */
    static Optional<Instant> inNote(String text, ZoneId zone) {
        var stripped = text.strip();
        if (EPOCH_SECONDS.matcher(stripped).matches()) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(stripped)));
        }
        return inName(stripped, zone).or(() -> {
            var matcher = WORDS.matcher(stripped);
            return matcher.find() ? words(matcher, zone) : Optional.empty();
        });
    }

    private static Optional<Instant> numbers(Matcher matcher, ZoneId zone) {
        var second = matcher.group("second");
        return instant(
                number(matcher, "year"),
                number(matcher, "month"),
                number(matcher, "day"),
                number(matcher, "hour"),
                number(matcher, "minute"),
                second == null ? 0 : Integer.parseInt(second),
                zone(matcher, zone));
    }

    private static Optional<Instant> words(Matcher matcher, ZoneId zone) {
        int hour = number(matcher, "hour");
        var half = matcher.group("half");
        if (half != null) {
            if (hour < 1 || hour > HALF_DAY_HOURS) {
                return Optional.empty();
            }
            hour = hour % HALF_DAY_HOURS + (half.equalsIgnoreCase("PM") ? HALF_DAY_HOURS : 0);
        }
        return instant(
                number(matcher, "year"),
                1 + MONTHS.indexOf(matcher.group("month").toLowerCase(Locale.ROOT)),
                number(matcher, "day"),
                hour,
                number(matcher, "minute"),
                number(matcher, "second"),
                zone(matcher, zone));
    }

    private static Optional<Instant> instant(
            int year, int month, int day, int hour, int minute, int second, Optional<ZoneId> zone) {
        try {
            var time = LocalDateTime.of(year, month, day, hour, minute, second);
            return zone.map(known -> time.atZone(known).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** Abbreviations of zones are ambiguous: all but those of UTC mean the host's own. Empty for an impossible offset. */
    private static Optional<ZoneId> zone(Matcher matcher, ZoneId local) {
        var text = matcher.group("zone");
        if (text == null) {
            return Optional.of(local);
        }
        try {
            return switch (text.toUpperCase(Locale.ROOT)) {
                case "Z", "UTC", "GMT" -> Optional.of(ZoneOffset.UTC);
                default -> Optional.of(Character.isLetter(text.charAt(0)) ? local : ZoneOffset.of(text));
            };
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static int number(Matcher matcher, String group) {
        return Integer.parseInt(matcher.group(group));
    }
}
