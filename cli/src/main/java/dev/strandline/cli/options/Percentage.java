package dev.strandline.cli.options;

import dev.strandline.cli.environment.UsageException;

/** Shares as users write them. */
public final class Percentage {
    private static final double WHOLE = 100;

    private Percentage() {}

    /**
     * The share that a text such as {@code 5%} is.
     *
     * @return 0 to 1
     * @throws UsageException when it is none
     */
    public static double parse(String text) {
        String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : "";
        try {
            double percent = Double.parseDouble(number);
            if (percent >= 0 && percent <= WHOLE) {
                return percent / WHOLE;
            }
        } catch (NumberFormatException _) {
            // Told below, with all other shares that are none.
        }
        throw none(text);
    }

    /** As {@link #parse}, of a share that is more than nothing. */
    public static double parsePositive(String text) {
        double share = parse(text);
        if (share == 0) {
            throw none(text);
        }
        return share;
    }

    private static UsageException none(String text) {
        return new UsageException("'" + text + "' is no share: write one like 5%");
    }
}
