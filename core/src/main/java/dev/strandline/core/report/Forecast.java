package dev.strandline.core.report;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How a repository will grow when it goes on as in the last days. */
public sealed interface Forecast {
    /** How far back it looks. */
    int WINDOW_DAYS = 30;

    /** With fewer, there is no telling. */
    int MIN_DAYS = 4;

    /**
     * A straight line through what had been stored by the end of each day, by least squares.
     *
     * @param from the first of these days
     * @param to the last of these days, which is over
     * @param bytesPerDay how much is added each day, what is freed not taken off
     * @param totalBytes what the repository takes now
     */
    record Line(LocalDate from, LocalDate to, double bytesPerDay, long totalBytes) implements Forecast {
        /** What the repository will take. */
        public long totalBytesIn(long days) {
            return totalBytes + Math.round(bytesPerDay * days);
        }

        /** How many days the line is drawn through. */
        public long days() {
            return ChronoUnit.DAYS.between(from, to) + 1;
        }
    }

    /** @param days that could have been counted */
    record TooFewDays(long days) implements Forecast {}

    /**
     * The line through the days before {@code today}, without the first day that there is, which brought everything.
     *
     * @param totalBytes what the repository takes now
     */
    static Forecast of(Growth growth, LocalDate today, long totalBytes) {
        var days =
                growth.days().stream().filter(day -> day.date().isBefore(today)).toList();
        if (days.isEmpty()) {
            return new TooFewDays(0);
        }
        var to = days.getLast().date();
        var earliest = to.minusDays(WINDOW_DAYS - 1);
        var first = days.getFirst().date();
        var from = first.isBefore(earliest) ? earliest : first;
        long count = ChronoUnit.DAYS.between(from, to) + 1;
        return count < MIN_DAYS
                ? new TooFewDays(count)
                : new Line(from, to, slope(days, from, (int) count), totalBytes);
    }

    /** Of what had been stored after {@code from}, by days; a day without snapshots adds nothing. */
    private static double slope(List<Growth.Day> days, LocalDate from, int count) {
        double[] stored = new double[count];
        for (var day : days) {
            if (day.date().isAfter(from)) {
                stored[(int) ChronoUnit.DAYS.between(from, day.date())] = day.storedBytes();
            }
        }
        double middle = (count - 1) / 2.0;
        double sum = 0;
        double above = 0;
        double below = 0;
        for (int i = 0; i < count; i++) {
            sum += stored[i];
            above += (i - middle) * sum;
            below += (i - middle) * (i - middle);
        }
        return above / below;
    }
}
