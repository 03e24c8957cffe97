package dev.strandline.core.report;

import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Adds up what a folder takes, apart from what its folders do. Safe for use by several threads. */
final class FolderTally {
    /** So deep below a captured path folders are told apart. */
    private static final int MAX_DEPTH = 3;

    /** So many folders in one are told apart. */
    private static final int MAX_FOLDERS = 1000;

    private final FilePath path;
    private final int depth;
    private final Map<FileName, FolderTally> folders = new HashMap<>(); // guarded by this
    private long ownBytes; // guarded by this

    FolderTally(FilePath path) {
        this(path, 0);
    }

    private FolderTally(FilePath path, int depth) {
        this.path = path;
        this.depth = depth;
    }

    /** The folder of this name in it, or itself where that is not told apart. */
    synchronized FolderTally folder(FileName name) {
        if (depth == MAX_DEPTH || (folders.size() == MAX_FOLDERS && !folders.containsKey(name))) {
            return this;
        }
        return folders.computeIfAbsent(name, _ -> new FolderTally(path.resolve(name), depth + 1));
    }

    synchronized void add(long bytes) {
        ownBytes += bytes;
    }

    synchronized FolderShare share() {
        var shares = folders.values().stream()
                .map(FolderTally::share)
                .filter(share -> share.storedBytes() > 0)
                .sorted(Comparator.comparingLong(FolderShare::storedBytes)
                        .reversed()
                        .thenComparing(FolderShare::path))
                .toList();
        return new FolderShare(
                path,
                ownBytes + shares.stream().mapToLong(FolderShare::storedBytes).sum(),
                shares);
    }
}
