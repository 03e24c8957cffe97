package dev.strandline.core.chunk;

/**
 * Between which sizes, in bytes, a stream is cut: powers of two with {@code minimum < average < maximum}. The presets
 * belong to the format: changing one loses deduplication against what was stored before, never correctness.
 */
public record ChunkSizes(int minimum, int average, int maximum) {
    /** Files up to this size are one chunk. */
    public static final int WHOLE_FILE_LIMIT = 128 << 10;

    /** Files above this size are cut into {@link #LARGE} chunks. */
    public static final long LARGE_FILE_LIMIT = 64L << 20;

    /** For files, directories and chunk lists of ordinary size. */
    public static final ChunkSizes ORDINARY = new ChunkSizes(16 << 10, 64 << 10, 256 << 10);

    /** For large files, where an index entry per 64 KiB would cost more than the finer cuts save. */
    public static final ChunkSizes LARGE = new ChunkSizes(128 << 10, 512 << 10, 2 << 20);

    public ChunkSizes {
        if (minimum < 64 || minimum >= average || average >= maximum || Integer.bitCount(average) != 1) {
            throw new IllegalArgumentException("chunk sizes must grow from minimum to maximum around a power of two: "
                    + minimum + ", " + average + ", " + maximum);
        }
    }

    /** The preset for a file of {@code sizeBytes}. */
    public static ChunkSizes forFile(long sizeBytes) {
        return sizeBytes > LARGE_FILE_LIMIT ? LARGE : ORDINARY;
    }
}
