package dev.strandline.core.restore;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;

/**
 * Which part of a tree is wanted: what an include matches, with all below it (everything when there are none), less
 * what an exclude matches.
 */
public record RestoreFilter(IgnoreRules includes, IgnoreRules excludes) {
    public static final RestoreFilter ALL = new RestoreFilter(IgnoreRules.NONE, IgnoreRules.NONE);

    boolean isAll() {
        return includes.isEmpty() && excludes.isEmpty();
    }

    /** Whether a path, relative to what is restored, is left out with all below it. */
    boolean excludes(FilePath path, boolean isDirectory) {
        return !excludes.isEmpty()
                && path.depth() > 0
                && excludes.exclusion(path.toBytes(), isDirectory).isPresent();
    }

    /** Whether a path is wanted by itself; a directory that isn't may still hold something that is. */
    boolean includes(FilePath path, boolean isDirectory) {
        return includes.isEmpty()
                || (path.depth() > 0
                        && includes.exclusion(path.toBytes(), isDirectory).isPresent());
    }
}
