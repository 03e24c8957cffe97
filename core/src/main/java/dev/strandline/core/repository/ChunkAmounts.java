package dev.strandline.core.repository;

/**
 * What the chunks of one kind take.
 *
 * @param chunks distinct ones
 * @param plainBytes what these are together, before compression
 * @param storedBytes what their frames take
 * @param differences those of them that are stored as what differs from another one
 * @param differencePlainBytes what these are together
 * @param differenceStoredBytes what their frames take
 */
public record ChunkAmounts(
        long chunks,
        long plainBytes,
        long storedBytes,
        long differences,
        long differencePlainBytes,
        long differenceStoredBytes) {
    public static final ChunkAmounts NONE = new ChunkAmounts(0, 0, 0, 0, 0, 0);

    /** What is stored less than there is. */
    public long savedBytes() {
        return plainBytes - storedBytes;
    }

    /**
     * What differences save over compression alone: they would take as much of their length as those take that stand for
     * themselves.
     */
    public long deltaBytes() {
        long wholePlainBytes = plainBytes - differencePlainBytes;
        long wholeStoredBytes = storedBytes - differenceStoredBytes;
        double rate = wholePlainBytes <= 0 ? 1 : Math.min(1, (double) wholeStoredBytes / wholePlainBytes);
        return Math.max(0, Math.round(differencePlainBytes * rate) - differenceStoredBytes);
    }

    /** What compression saves, of all of them; with {@link #deltaBytes} it makes {@link #savedBytes}. */
    public long compressionBytes() {
        return savedBytes() - deltaBytes();
    }
}
