package dev.strandline.cli.output;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Numbers as people read them. */
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
        String digits =
                unit == 0 ? Long.toString(count) : String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
        return digits + " " + UNITS.get(unit);
    }

    /** {@code 12,345}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 12,345 files} or {@code 1 file}. */
    public static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** {@code 0.42 s}, {@code 3 min 05 s}, {@code 2 h 10 min}. */
    public static String duration(Duration duration) {
        if (duration.toMinutes() == 0) {
            return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
        }
        return duration.toHours() == 0
                ? String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart())
                : String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
    }
}
