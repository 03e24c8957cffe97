package dev.strandline.core.repository;

import java.util.ArrayList;
import java.util.List;

/** How many things there are of which size, in classes that double; all that are small are in one. Immutable. */
public record SizeHistogram(List<SizeClass> classes) {
    public static final SizeHistogram NONE = new SizeHistogram(List.of());

    /**
     * Of sizes that are near each other.
     *
     * @param fromBytes the smallest size that belongs here
     * @param toBytes the smallest size that belongs here no more
     * @param bytes of all of them together
     */
    public record SizeClass(long fromBytes, long toBytes, long count, long bytes) {}

    public SizeHistogram {
        classes = List.copyOf(classes);
    }

    public long count() {
        return classes.stream().mapToLong(SizeClass::count).sum();
    }

    /** A bound of a class that half of all, or a little more, are below; 0 when there are none. */
    public long medianToBytes() {
        long half = (count() + 1) / 2;
        long seen = 0;
        for (var each : classes) {
            seen += each.count;
            if (seen >= half) {
                return each.toBytes;
            }
        }
        return 0;
    }

    /** Counts sizes. One thread. */
    public static final class Counter {
        /** Below two to the power of this, sizes are not told apart. */
        private static final int MIN_EXPONENT = 9;

        private final long[] counts = new long[Long.SIZE];
        private final long[] bytes = new long[Long.SIZE];

        /** @param size positive */
        public void add(long size) {
            int exponent = Math.max(MIN_EXPONENT - 1, Long.SIZE - 1 - Long.numberOfLeadingZeros(size));
            counts[exponent]++;
            bytes[exponent] += size;
        }

        /** From the smallest class that has any to the largest, empty ones between them included. */
        public SizeHistogram histogram() {
            int first = 0;
            int end = Long.SIZE;
            while (first < end && counts[first] == 0) {
                first++;
            }
            while (end > first && counts[end - 1] == 0) {
                end--;
            }
            var classes = new ArrayList<SizeClass>();
            for (int exponent = first; exponent < end; exponent++) {
                long from = exponent < MIN_EXPONENT ? 1 : 1L << exponent;
                classes.add(new SizeClass(from, 2L << exponent, counts[exponent], bytes[exponent]));
            }
            return new SizeHistogram(classes);
        }
    }
}
