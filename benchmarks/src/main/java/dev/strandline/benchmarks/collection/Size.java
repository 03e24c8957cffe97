package dev.strandline.benchmarks.collection;

import dev.strandline.benchmarks.comparison.contender.Retention;
import java.time.Duration;
import java.time.Instant;

/**
 * How much is made and measured.
 *
 * @param days that the history has
 * @param retention what is kept of it
 * @param rounds how often each program collects
 */
record Size(int days, Retention retention, int rounds) {
    /** Midnight at the beginning of a week. */
    private static final Instant START = Instant.parse("2025-01-06T00:00:00Z");

    private static final int HOURLY = 24;

    Size {
        if (days < retention.days()) {
            throw new IllegalArgumentException(days + " days, " + retention.days() + " to keep");
        }
    }

    static Size full() {
        return new Size(21, new Retention(HOURLY, 4, 14), 5);
    }

    static Size quick() {
        return new Size(3, new Retention(HOURLY, 1, 2), 1);
    }

    int snapshots() {
        return days * retention.perDay();
    }

    /** When a snapshot is taken, by its number from 0. */
    Instant time(int snapshot) {
        return START.plus(Duration.ofDays(1).dividedBy(retention.perDay()).multipliedBy(snapshot));
    }

    /** The number of the oldest snapshot that the rules keep: the last one of its day. */
    int oldestKept() {
        return (days - retention.days() + 1) * retention.perDay() - 1;
    }
}
