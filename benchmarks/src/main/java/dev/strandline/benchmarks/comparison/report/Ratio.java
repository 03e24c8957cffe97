package dev.strandline.benchmarks.comparison.report;

import dev.strandline.benchmarks.comparison.measure.Subject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Strandline's figure divided by another.
 *
 * @param of whose the other figure is
 * @param limit what it is to be at most, if there is a target
 */
public record Ratio(Subject of, double value, OptionalDouble limit) {
    private static final double SMALL = 0.1;
    private static final MathContext SMALL_DIGITS = new MathContext(2);

    /** Whether the target is met, where there is one. */
    public boolean isMet() {
        return limit.isEmpty() || value <= limit.getAsDouble();
    }

    /** {@code 0.0024}, {@code 0.4}, {@code 0.404}, {@code 1.0}: so exact that nobody wonders whether a target is met. */
    static String text(double ratio) {
        if (ratio > 0 && ratio < SMALL) {
            return new BigDecimal(ratio).round(SMALL_DIGITS).toPlainString();
        }
        return String.format(Locale.ROOT, "%.3f", ratio).replaceFirst("0{1,2}$", "");
    }
}
