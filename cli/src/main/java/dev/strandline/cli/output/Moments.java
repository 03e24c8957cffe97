package dev.strandline.cli.output;

import dev.strandline.core.fs.CalendarTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Times as text, for people and as RFC 3339 has them; what lies before year 1 or after year 9999 is told as the nearest
 * that does not. Apart from {@link Quantities}, because a formatter is nothing that every start should make.
 */
public final class Moments {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final int LAST_YEAR = 9999;
    private static final int SECONDS_PER_MINUTE = 60;

    private Moments() {}

    /** {@code 2026-11-16 15:19:44}. */
    public static String text(Instant time, ZoneId zone) {
        return FORMAT.format(local(time, zone));
    }

    /** {@code 2026-11-16T15:19:44+01:00}; in UTC where the zone was then not whole minutes from it. */
    static String rfc3339(Instant time, ZoneId zone) {
        var local = local(time, zone);
        boolean isOffsetTold = local.getOffset().getTotalSeconds() % SECONDS_PER_MINUTE == 0;
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                isOffsetTold ? local : local.withZoneSameInstant(ZoneOffset.UTC));
    }

    /** In UTC where the zone is already, or still, in a year that text can't tell. */
    private static ZonedDateTime local(Instant time, ZoneId zone) {
        var nearest = CalendarTime.nearest(time);
        var local = nearest.atZone(zone);
        return local.getYear() < 1 || local.getYear() > LAST_YEAR ? nearest.atZone(ZoneOffset.UTC) : local;
    }
}
