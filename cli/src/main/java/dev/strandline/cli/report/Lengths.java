package dev.strandline.cli.report;

/** Lengths and places in style sheets and drawings. */
final class Lengths {
    private static final int HUNDREDTHS = 100;

    private Lengths() {}

    /** With two digits behind the point at most. */
    static String of(double value) {
        double rounded = (double) Math.round(value * HUNDREDTHS) / HUNDREDTHS;
        return Double.toString(rounded);
    }

    /** The same of whole numbers. */
    static String percent(long part, long whole) {
        return percent((double) part, (double) whole);
    }

    /** {@code 12.5%}, of a whole that may be nothing. */
    static String percent(double part, double whole) {
        return of(whole <= 0 ? 0 : 100 * Math.clamp(part / whole, 0, 1)) + "%";
    }
}
