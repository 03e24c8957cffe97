package dev.strandline.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Numbers as people read them. Written out, since the first use of {@code String.format} takes tens of milliseconds. */
public final class Quantities {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
    private static final double STEP = 1024;

    private Quantities() {}

    /** {@code 1.5 MiB}: three significant digits, a unit of 1024. */
    public static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (Math.abs(value) >= STEP && unit < UNITS.size() - 1) {
            value /= STEP;
            unit++;
        }
        String digits = unit == 0 ? Long.toString(count) : value < 100 ? tenths(value) : whole(value);
        return digits + " " + UNITS.get(unit);
    }

    /** {@code 12,345}. */
    public static String count(long count) {
        var digits = new StringBuilder(Long.toString(count));
        for (int i = digits.length() - 3; i > (count < 0 ? 1 : 0); i -= 3) {
            digits.insert(i, ',');
        }
        return digits.toString();
    }

    /** {@code 12,345 files} or {@code 1 file}. */
    public static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** {@code 12.3 %}, of a whole that may be nothing. */
    public static String percent(long part, long whole) {
        return whole == 0 ? "0.0 %" : tenths(100.0 * part / whole) + " %";
    }

    /** {@code 12.3}. */
    public static String ratio(double value) {
        return tenths(value);
    }

    /** {@code 0.42 s}, {@code 3 min 05 s}, {@code 2 h 10 min}. */
    public static String duration(Duration duration) {
        if (duration.toMinutes() == 0) {
            long hundredths = Math.round(duration.toMillis() / 10.0);
            return hundredths / 100 + "." + twoDigits(hundredths % 100) + " s";
        }
        return duration.toHours() == 0
                ? duration.toMinutes() + " min " + twoDigits(duration.toSecondsPart()) + " s"
                : duration.toHours() + " h " + twoDigits(duration.toMinutesPart()) + " min";
    }

    /** {@code 3 min ago}, {@code 2 h ago}, {@code 5 d ago}: how long before {@code now}. */
    public static String age(Instant time, Instant now) {
        var age = Duration.between(time, now);
        if (age.isNegative()) {
            return "in the future";
        }
        if (age.toMinutes() == 0) {
            return "just now";
        }
        if (age.toHours() == 0) {
            return age.toMinutes() + " min ago";
        }
        return age.toDays() < 2 ? age.toHours() + " h ago" : count(age.toDays()) + " d ago";
    }

    private static String whole(double value) {
        return sign(value) + Math.round(Math.abs(value));
    }

    private static String tenths(double value) {
        long tenths = Math.round(Math.abs(value) * 10);
        return sign(value) + tenths / 10 + "." + tenths % 10;
    }

    private static String sign(double value) {
        return value < 0 ? "-" : "";
    }

    private static String twoDigits(long value) {
        return value < 10 ? "0" + value : Long.toString(value);
    }
}
