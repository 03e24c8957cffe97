package dev.strandline.core.fs;

import java.time.Instant;

/**
 * Moments that text can tell: years 1 to 9999 of UTC, which RFC 3339 and every reader of it have. A file system may hold
 * times that lie 292 thousand million years away, which {@link Instant} does not; whatever is to be written as text, or
 * computed with, is made one of these first. The snapshot keeps what the file had.
 */
public final class CalendarTime {
    /** 0001-01-01T00:00:00Z. */
    private static final long FIRST_SECOND = -62_135_596_800L;

    /** 9999-12-31T23:59:59Z. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private CalendarTime() {}

    /** The nearest to a file's time. */
    public static Instant nearest(FileTime time) {
        return nearest(time.seconds(), time.nanos());
    }

    /** The nearest to a moment. */
    public static Instant nearest(Instant time) {
        return isOne(time) ? time : nearest(time.getEpochSecond(), time.getNano());
    }

    private static Instant nearest(long seconds, int nanos) {
        return seconds < FIRST_SECOND || seconds > LAST_SECOND
                ? Instant.ofEpochSecond(Math.clamp(seconds, FIRST_SECOND, LAST_SECOND))
                : Instant.ofEpochSecond(seconds, nanos);
    }

    /** Whether text can tell it. */
    public static boolean isOne(Instant time) {
        return time.getEpochSecond() >= FIRST_SECOND && time.getEpochSecond() <= LAST_SECOND;
    }
}
