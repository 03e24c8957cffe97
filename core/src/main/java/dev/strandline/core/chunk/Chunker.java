package dev.strandline.core.chunk;

/**
 * Finds cut points by content: a gear hash rolls over the bytes and a cut is where its top bits are zero, normalised so
 * that a cut is harder to find before the average size and easier after it (FastCDC: Xia et al., USENIX ATC 2016).
 *
 * <p>The masks are nested: every cut condition is "the topmost n bits are zero", so the cuts of coarse sizes are a
 * subset of those of finer sizes, and a file that outgrows {@link ChunkSizes#LARGE_FILE_LIMIT} keeps cut points in
 * common with its past. The topmost bits depend on the last 64 bytes, the whole window. Stateless; threads may share
 * one.
 */
public final class Chunker {
    /** How many bits harder before, and easier after, the average size ("normalised chunking" level). */
    private static final int NORMALISATION_BITS = 2;

    private final long[] gear;
    private final ChunkSizes sizes;
    private final long maskBeforeAverage;
    private final long maskAfterAverage;

    public Chunker(GearTable table, ChunkSizes sizes) {
        this.gear = table.words();
        this.sizes = sizes;
        int averageBits = Integer.numberOfTrailingZeros(sizes.average());
        this.maskBeforeAverage = topBits(averageBits + NORMALISATION_BITS);
        this.maskAfterAverage = topBits(averageBits - NORMALISATION_BITS);
    }

    private static long topBits(int count) {
        return -1L << (Long.SIZE - count);
    }

    public ChunkSizes sizes() {
        return sizes;
    }

    /**
     * The length of the chunk that starts at {@code offset}, given {@code length} bytes from there: at least
     * {@code sizes().maximum()} of them, or all that is left of the stream.
     */
    public int cut(byte[] data, int offset, int length) {
        if (length <= sizes.minimum()) {
            return length;
        }
        int limit = Math.min(length, sizes.maximum());
        int average = Math.min(limit, sizes.average());
        // The window is 64 bytes: starting that much before the first possible cut gives the same hash as from 0.
        int position = offset + sizes.minimum() - Long.SIZE;
        long hash = 0;
        for (int end = offset + sizes.minimum(); position < end; position++) {
            hash = (hash << 1) + gear[data[position] & 0xFF];
        }
        for (int end = offset + average; position < end; position++) {
            hash = (hash << 1) + gear[data[position] & 0xFF];
            if ((hash & maskBeforeAverage) == 0) {
                return position + 1 - offset;
            }
        }
        for (int end = offset + limit; position < end; position++) {
            hash = (hash << 1) + gear[data[position] & 0xFF];
            if ((hash & maskAfterAverage) == 0) {
                return position + 1 - offset;
            }
        }
        return limit;
    }
}
