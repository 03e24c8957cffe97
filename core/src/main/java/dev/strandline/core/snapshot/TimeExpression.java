package dev.strandline.core.snapshot;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A time as people write it, relative to a moment and a zone: {@code 2h}, {@code 1d12h}, {@code 3 days ago},
 * {@code now}, {@code today} (its first moment), {@code yesterday} (24 hours ago), {@code 2026-08-01} (its first
 * moment), {@code 2026-08-01T10:15}, the same with seconds or an offset, {@code 20260801-101500} (a snapshot's name:
 * UTC).
 */
public final class TimeExpression {
    /** For messages that refuse a time. */
    public static final String EXAMPLES =
            "2h, 1d12h, yesterday, 2026-08-01, 2026-08-01T10:15, 2026-08-01T10:15:30+02:00";

    private static final Pattern RELATIVE_PART = Pattern.compile(
            "\\s*(\\d{1,9})\\s*(s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?|d|days?|w|weeks?)(?![a-z])");
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withResolverStyle(ResolverStyle.STRICT);

    private TimeExpression() {}

    /** The moment that {@code text} means, or empty when it means none. */
    public static Optional<Instant> parse(String text, Instant now, ZoneId zone) {
        String trimmed = text.strip();
        try {
            return switch (trimmed.toLowerCase(Locale.ROOT)) {
                case "now" -> Optional.of(now);
                case "today" -> Optional.of(startOfDay(LocalDate.ofInstant(now, zone), zone));
                case "yesterday" ->
                    Optional.of(ZonedDateTime.ofInstant(now, zone).minusDays(1).toInstant());
                default -> relative(trimmed.toLowerCase(Locale.ROOT), now).or(() -> absolute(trimmed, zone));
            };
        } catch (DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    private static Instant startOfDay(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    private static Optional<Instant> relative(String text, Instant now) {
        String body =
                text.endsWith("ago") ? text.substring(0, text.length() - 3).stripTrailing() : text;
        return parts(body).map(now::minus);
    }

    /** How long {@code text} means, such as {@code 90s}, {@code 15m} or {@code 1d12h}; empty when it means nothing. */
    public static Optional<Duration> duration(String text) {
        try {
            return parts(text.strip().toLowerCase(Locale.ROOT));
        } catch (ArithmeticException _) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> parts(String body) {
        var matcher = RELATIVE_PART.matcher(body);
        var total = Duration.ZERO;
        int end = 0;
        while (end < body.length() && matcher.find(end) && matcher.start() == end) {
            long count = Long.parseLong(matcher.group(1));
            total = total.plus(
                    switch (matcher.group(2).charAt(0)) {
                        case 's' -> Duration.ofSeconds(count);
                        case 'm' -> Duration.ofMinutes(count);
                        case 'h' -> Duration.ofHours(count);
                        case 'd' -> Duration.ofDays(count);
                        default -> Duration.ofDays(Math.multiplyExact(7, count));
                    });
            end = matcher.end();
        }
        return end == body.length() && end > 0 ? Optional.of(total) : Optional.empty();
    }

    private static Optional<Instant> absolute(String text, ZoneId zone) {
        String iso = text.replace(' ', 'T');
        return attempt(() -> OffsetDateTime.parse(iso).toInstant())
                .or(() -> attempt(() -> LocalDateTime.parse(iso).atZone(zone).toInstant()))
                .or(() -> attempt(() -> startOfDay(LocalDate.parse(iso), zone)))
                .or(() -> attempt(() -> LocalDateTime.parse(iso, NAME).toInstant(ZoneOffset.UTC)));
    }

    private interface Attempt {
        Instant parse();
    }

    private static Optional<Instant> attempt(Attempt attempt) {
        try {
            return Optional.of(attempt.parse());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
