package dev.strandline.cli.configuration;

import dev.strandline.core.path.FilePath;
import java.util.Optional;

/**
 * What must hold for a source, so that an unmounted or emptied one does not become the newest snapshot.
 *
 * @param requireMount something must be mounted exactly here
 * @param maxDeletedPercent how many of the files of the snapshot before may be gone; 100 allows all
 * @param minFiles how many regular files it holds at least
 */
public record Guards(Optional<FilePath> requireMount, int maxDeletedPercent, long minFiles) {
    public static final Guards NONE = new Guards(Optional.empty(), 100, 0);

    /** Whether something is demanded of the files that were found. */
    public boolean looksAtFiles() {
        return minFiles > 0 || maxDeletedPercent < 100;
    }
}
