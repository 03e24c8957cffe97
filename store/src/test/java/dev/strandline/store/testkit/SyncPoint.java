package dev.strandline.store.testkit;

import dev.strandline.core.path.FilePath;
import java.util.Arrays;

/**
 * A sync that is about to happen.
 *
 * @param path of the file or directory when it was opened
 * @param head the first bytes of a file; empty for a directory
 */
public record SyncPoint(StorageOperation operation, FilePath path, byte[] head) {
    /** Bytes of {@code head} at most. */
    static final int HEAD_BYTES = 64;

    public boolean isDirectory() {
        return operation == StorageOperation.SYNC_DIRECTORY;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SyncPoint(var thatOperation, var thatPath, var thatHead)
                && operation == thatOperation
                && path.equals(thatPath)
                && Arrays.equals(head, thatHead);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }
}
