package dev.strandline.core.repository;

import java.util.ArrayList;
import java.util.List;

/** How many things there are of which size, in classes that double. Immutable. */
public record SizeHistogram(List<SizeClass> classes) {
    public static final SizeHistogram NONE = new SizeHistogram(List.of());

    /**
     * Of sizes from one power of two up to the next.
     *
     * @param fromBytes the smallest size that belongs here
     * @param bytes of all of them together
     */
    public record SizeClass(long fromBytes, long count, long bytes) {
        /** The smallest size that belongs here no more. */
        public long toBytes() {
            return 2 * fromBytes;
        }
    }

    public SizeHistogram {
        classes = List.copyOf(classes);
    }

    public long count() {
        return classes.stream().mapToLong(SizeClass::count).sum();
    }

    /** The size that half of all are smaller than, as the lower bound of its class; 0 when there are none. */
    public long medianFromBytes() {
        long half = (count() + 1) / 2;
        long seen = 0;
        for (var each : classes) {
            seen += each.count;
            if (seen >= half) {
                return each.fromBytes;
            }
        }
        return 0;
    }

    /** Counts sizes. One thread. */
    public static final class Counter {
        private final long[] counts = new long[Long.SIZE];
        private final long[] bytes = new long[Long.SIZE];

        /** @param size positive */
        public void add(long size) {
            int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(size);
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
                classes.add(new SizeClass(1L << exponent, counts[exponent], bytes[exponent]));
            }
            return new SizeHistogram(classes);
        }
    }
}
