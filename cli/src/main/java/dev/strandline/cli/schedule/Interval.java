package dev.strandline.cli.schedule;

import dev.strandline.cli.configuration.Schedule;
import dev.strandline.core.snapshot.TimeExpression;
import java.time.Duration;
import java.util.Optional;

/** Intervals that {@link Schedule#canBe} holds for, in the words of people, cron and systemd. */
final class Interval {
    private static final int MINUTES_PER_HOUR = 60;
    private static final int HOURS_PER_DAY = 24;

    private Interval() {}

    /** Empty when nothing can be scheduled so. */
    static Optional<Duration> parse(String text) {
        return TimeExpression.duration(text).filter(Schedule::canBe);
    }

    /** {@code 15m} or {@code 6h}. */
    static String text(Duration every) {
        return every.toMinutes() < MINUTES_PER_HOUR ? every.toMinutes() + "m" : every.toHours() + "h";
    }

    /** cron's five fields. */
    static String cron(Duration every) {
        long minutes = every.toMinutes();
        if (minutes < MINUTES_PER_HOUR) {
            return (minutes == 1 ? "*" : "*/" + minutes) + " * * * *";
        }
        long hours = every.toHours();
        if (hours == HOURS_PER_DAY) {
            return "0 0 * * *";
        }
        return "0 " + (hours == 1 ? "*" : "*/" + hours) + " * * *";
    }

    /** A calendar event as {@code systemd.time(7)} has it. */
    static String calendar(Duration every) {
        long minutes = every.toMinutes();
        if (minutes < MINUTES_PER_HOUR) {
            return minutes == 1 ? "*-*-* *:*:00" : "*-*-* *:00/" + minutes + ":00";
        }
        long hours = every.toHours();
        if (hours == HOURS_PER_DAY) {
            return "*-*-* 00:00:00";
        }
        return hours == 1 ? "*-*-* *:00:00" : "*-*-* 00/" + hours + ":00:00";
    }
}
