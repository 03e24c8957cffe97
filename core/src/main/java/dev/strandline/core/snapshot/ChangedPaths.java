package dev.strandline.core.snapshot;

import dev.strandline.core.encoding.Sha256;
import dev.strandline.core.path.FilePath;
import java.util.Arrays;
import java.util.Collection;

/**
 * Tells of a path whether it may be different in a snapshot than in its parent: by a digest of 32 bits, so that a record
 * stays small and says no names twice. A no is certain. Immutable.
 */
public final class ChangedPaths {
    /** With more changes a snapshot is looked at as a whole. */
    public static final int MAX_PATHS = 64;

    private final int[] digests; // in ascending order, each once

    private ChangedPaths(int[] digests) {
        this.digests = digests;
    }

    /** Of paths that differ, which are at most {@value #MAX_PATHS}, all directories above them included. */
    public static ChangedPaths of(Collection<FilePath> paths) {
        return ofDigests(paths.stream().mapToInt(ChangedPaths::digest).toArray());
    }

    /** What {@link #digests} gave. */
    public static ChangedPaths ofDigests(int[] digests) {
        int[] sorted = Arrays.stream(digests).sorted().distinct().toArray();
        if (sorted.length > MAX_PATHS) {
            throw new IllegalArgumentException(sorted.length + " changed paths are too many");
        }
        return new ChangedPaths(sorted);
    }

    /** In ascending order, each once. */
    public int[] digests() {
        return digests.clone();
    }

    /** False when the path, and all below it, is certainly as it was; not for the directory above everything. */
    public boolean mayContain(FilePath path) {
        return mayContain(digest(path));
    }

    /** The same with the path's {@link #digest}. */
    public boolean mayContain(int digest) {
        return Arrays.binarySearch(digests, digest) >= 0;
    }

    /** The first four bytes of SHA-256 of a path's bytes. */
    public static int digest(FilePath path) {
        byte[] hash = Sha256.of(path.toBytes());
        return (hash[0] & 0xFF) << 24 | (hash[1] & 0xFF) << 16 | (hash[2] & 0xFF) << 8 | (hash[3] & 0xFF);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChangedPaths paths && Arrays.equals(digests, paths.digests);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digests);
    }

    @Override
    public String toString() {
        return digests.length + " changed paths";
    }
}
