package dev.strandline.core.encoding;

/**
 * Sums of sizes and counts. A file may say that it has 8 EiB, and two such files have more than a {@code long} holds: a sum
 * that is too large stays at {@link Long#MAX_VALUE}, as a total that went round would be negative and is no amount.
 */
public final class Sum {
    private Sum() {}

    /** {@code a + b}, or the nearest value that a {@code long} holds. */
    public static long saturated(long a, long b) {
        long sum = a + b;
        boolean overflows = ((a ^ sum) & (b ^ sum)) < 0;
        if (!overflows) {
            return sum;
        }
        return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
