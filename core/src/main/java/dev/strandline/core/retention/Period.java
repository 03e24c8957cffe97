package dev.strandline.core.retention;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** A stretch of the calendar, of which one snapshot is kept. Weeks are those of ISO 8601. */
public enum Period {
    MINUTELY("uuuu-MM-dd HH:mm"),
    HOURLY("uuuu-MM-dd HH'h'"),
    DAILY("uuuu-MM-dd"),
    WEEKLY(""),
    MONTHLY("uuuu-MM"),
    YEARLY("uuuu");

    private final DateTimeFormatter format;

    Period(String pattern) {
        this.format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    }

    /** As people write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of the stretch that a moment is in. The hour that the end of summer time brings twice is one. */
    String nameOf(ZonedDateTime time) {
        return this == WEEKLY
                ? time.get(IsoFields.WEEK_BASED_YEAR) + " week " + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)
                : time.format(format);
    }
}
