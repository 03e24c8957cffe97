package dev.strandline.core.retention;

import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** A stretch of the calendar, of which one snapshot is kept. Weeks are those of ISO 8601. */
public enum Period {
    MINUTELY,
    HOURLY,
    DAILY,
    WEEKLY,
    MONTHLY,
    YEARLY;

    /** As people write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of the stretch that a moment is in. The hour that the end of summer time brings twice is one. */
    String nameOf(ZonedDateTime time) {
        return switch (this) {
            case MINUTELY -> time.toLocalDate() + " " + time.toLocalTime().truncatedTo(ChronoUnit.MINUTES);
            case HOURLY -> time.toLocalDate() + " " + time.toLocalTime().truncatedTo(ChronoUnit.HOURS);
            case DAILY -> time.toLocalDate().toString();
            case WEEKLY -> time.get(IsoFields.WEEK_BASED_YEAR) + " week " + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case MONTHLY -> YearMonth.from(time).toString();
            case YEARLY -> String.valueOf(time.getYear());
        };
    }
}
