package dev.strandline.core.restore;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.path.FilePath;
import java.util.List;

/**
 * What a restore will do; made by a {@link RestorePlanner}.
 *
 * @param source what is restored: the entries of a directory go into {@code target}, a file becomes an entry of it
 * @param target absolute; a directory that does not exist yet or is empty
 * @param owners whom files are given to
 * @param sparse store runs of zeros as holes even where the source had none
 * @param bytes logical size of all regular files
 * @param damagedDirectories whose entries can't all be read
 * @param unstable the first files, relative to the source, that changed while the snapshot read them: each may mix two states
 */
public record RestorePlan(
        SnapshotTree tree,
        SnapshotTree.Place source,
        FilePath target,
        RestoreFilter filter,
        OwnerMap owners,
        boolean sparse,
        long files,
        long directories,
        long others,
        long bytes,
        long damagedDirectories,
        List<FilePath> unstable) {
    /** Of the files that changed while the snapshot read them, how many are named. */
    public static final int MAX_UNSTABLE = 100;

    public RestorePlan {
        unstable = List.copyOf(unstable);
    }

    /** The same for other owners. */
    public RestorePlan with(OwnerMap map) {
        return new RestorePlan(
                tree,
                source,
                target,
                filter,
                map,
                sparse,
                files,
                directories,
                others,
                bytes,
                damagedDirectories,
                unstable);
    }
}
