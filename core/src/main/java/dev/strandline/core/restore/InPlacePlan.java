package dev.strandline.core.restore;

import dev.strandline.core.history.Change;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a restore over the captured places themselves will change; made by an {@link InPlacePlanner}.
 *
 * @param wanted the snapshot that is restored
 * @param scope nothing outside of it is written
 * @param replacesAll whether existing files are replaced whatever they are
 * @param roots the captured places, of what is there and of what is wanted
 * @param target the directory that the trees are to be in, where that is not their own place
 * @param changes from what is there to what is wanted, in order of paths, with the directories that lead to them
 * @param blocked paths where a directory is in the way of something else, which only deleting would clear
 * @param kept how many changes the policy for existing files holds back
 * @param followed the places that are reached through a symbolic link of their own name, since that was captured
 */
public record InPlacePlan(
        Snapshot wanted,
        InPlacePlanner.Scope scope,
        boolean replacesAll,
        List<FilePath> roots,
        Optional<FilePath> target,
        List<Change> changes,
        List<FilePath> blocked,
        long kept,
        Set<FilePath> followed) {
    public InPlacePlan {
        roots = List.copyOf(roots);
        changes = List.copyOf(changes);
        blocked = List.copyOf(blocked);
        followed = Set.copyOf(followed);
    }

    /** The same, of trees that were relocated into a directory. */
    InPlacePlan into(FilePath directory) {
        return new InPlacePlan(
                wanted, scope, replacesAll, roots, Optional.of(directory), changes, blocked, kept, followed);
    }

    /** The same, with places where symbolic links are followed. */
    public InPlacePlan following(Set<FilePath> links) {
        return new InPlacePlan(wanted, scope, replacesAll, roots, target, changes, blocked, kept, links);
    }
}
