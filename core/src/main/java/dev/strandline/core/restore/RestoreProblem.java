package dev.strandline.core.restore;

import dev.strandline.core.path.FilePath;

/**
 * Something that is not as it was in the snapshot.
 *
 * @param path relative to the target
 */
public record RestoreProblem(FilePath path, Aspect aspect, String reason) {
    /** What of an entry is concerned. */
    public enum Aspect {
        /** A chunk or tree of it is damaged or missing in the repository. */
        DAMAGE,
        /** It could not be made or written. */
        CONTENT,
        OWNER,
        MODE,
        XATTR,
        TIME
    }
}
