package dev.strandline.benchmarks.comparison.report;

import java.util.Locale;

/** What figures are counted in, and how they are written. */
public enum Unit {
    SECONDS,
    /** Written in full: a difference of a few bytes is visible. */
    BYTES,
    FILES,
    /** Bytes of memory, written in millions. */
    MEMORY;

    private static final double MEGA = 1e6;
    private static final double THREE_DIGITS = 100;
    private static final double TWO_DIGITS = 10;

    /** {@code 0.123 s}, {@code 12.3 s}, {@code 1,234,567}, {@code 98 MB}. */
    public String text(double value) {
        return switch (this) {
            case SECONDS ->
                String.format(
                        Locale.ROOT, value < TWO_DIGITS ? "%.3f s" : value < THREE_DIGITS ? "%.1f s" : "%.0f s", value);
            case BYTES, FILES -> String.format(Locale.ROOT, "%,.0f", value);
            case MEMORY -> String.format(Locale.ROOT, "%.0f MB", value / MEGA);
        };
    }
}
