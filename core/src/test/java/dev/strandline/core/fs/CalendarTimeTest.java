package dev.strandline.core.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CalendarTimeTest {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    @Test
    void nearest_timesOfACalendar_areThemselves() {
        assertThat(CalendarTime.nearest(new FileTime(0, 7))).isEqualTo(Instant.ofEpochSecond(0, 7));
        assertThat(CalendarTime.nearest(FIRST)).isEqualTo(FIRST);
        assertThat(CalendarTime.nearest(LAST.plusNanos(5))).isEqualTo(LAST.plusNanos(5));
    }

    @Test
    void nearest_timesFarAway_areTheFirstAndTheLast() {
        assertThat(CalendarTime.nearest(new FileTime(Long.MAX_VALUE, 999_999_999)))
                .isEqualTo(LAST);
        assertThat(CalendarTime.nearest(new FileTime(Long.MIN_VALUE, 1))).isEqualTo(FIRST);
        assertThat(CalendarTime.nearest(Instant.MAX)).isEqualTo(LAST);
        assertThat(CalendarTime.nearest(LAST.plusSeconds(1))).isEqualTo(LAST);
        assertThat(CalendarTime.nearest(FIRST.minusNanos(1))).isEqualTo(FIRST);
    }
}
