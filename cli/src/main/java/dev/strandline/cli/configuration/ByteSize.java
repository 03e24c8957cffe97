package dev.strandline.cli.configuration;

import java.util.Locale;
import java.util.Optional;

/** Sizes as people write them. */
public final class ByteSize {
    private ByteSize() {}

    /** Bytes, or with K, M, G or T, which are powers of 1024; empty when {@code text} is no size. */
    public static Optional<Long> parse(String text) {
        String number = text.strip().toUpperCase(Locale.ROOT);
        long unit = 1;
        if (!number.isEmpty()) {
            int power = "KMGT".indexOf(number.charAt(number.length() - 1)) + 1;
            unit = 1L << (10 * power);
            number = power == 0 ? number : number.substring(0, number.length() - 1);
        }
        try {
            long count = Long.parseLong(number);
            return count < 0 ? Optional.empty() : Optional.of(Math.multiplyExact(count, unit));
        } catch (NumberFormatException | ArithmeticException _) {
            return Optional.empty();
        }
    }
}
