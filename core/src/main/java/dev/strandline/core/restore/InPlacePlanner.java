package dev.strandline.core.restore;

import dev.strandline.core.history.Change;
import dev.strandline.core.history.SnapshotDifference;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Plans a restore in place as the difference between a snapshot of what is there and the one that is wanted. So what a
 * capture leaves out is never touched, and what is changed or deleted is in a snapshot before. Which names share an inode
 * is brought back by itself only when all of a snapshot is restored. One use.
 */
public final class InPlacePlanner {
    private static final Pattern TEMPORARY = Pattern.compile("\\.strandline-[0-9a-f]{16}\\.tmp");

    private final ChunkSource source;
    private final Scope scope;
    private final Overwrite overwrite;
    private final boolean delete;
    private final Map<FilePath, Change> directoriesAbove = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final Set<FilePath> planned = new HashSet<>();
    private final List<FilePath> blocked = new ArrayList<>();
    private boolean whole;
    private long kept;

    /**
     * What to restore.
     *
     * @param path and all below it
     * @param filter of what lies there, relative to it
     */
    public record Scope(FilePath path, RestoreFilter filter) {
        boolean contains(FilePath candidate, boolean isDirectory) {
            if (!candidate.startsWith(path)) {
                return false;
            }
            var relative = candidate.relativeTo(path);
            boolean included = filter.includes(relative, isDirectory);
            for (var above = relative; above.depth() > 0; above = above.parent()) {
                boolean directory = isDirectory || above.depth() < relative.depth();
                if (filter.excludes(above, directory)) {
                    return false;
                }
                included |= filter.includes(above, directory);
            }
            return included;
        }
    }

    /** @param delete what the wanted snapshot does not have */
    public InPlacePlanner(ChunkSource source, Scope scope, Overwrite overwrite, boolean delete) {
        this.source = source;
        this.scope = scope;
        this.overwrite = overwrite;
        this.delete = delete;
    }

    /** What a file is called while it is being written. */
    static FileName temporaryName(long number) {
        return FileName.of(".strandline-" + HexFormat.of().toHexDigits(number) + ".tmp");
    }

    /** Left by a restore that was killed. */
    private static boolean isTemporary(FilePath path) {
        return path.depth() > 0 && TEMPORARY.matcher(path.name().display()).matches();
    }

    /** @param present what is there now */
    public InPlacePlan plan(Snapshot present, Snapshot wanted) throws RepositoryException {
        whole = overwrite.replacesAll()
                && scope.filter().isAll()
                && wanted.record().roots().stream().allMatch(root -> root.path().startsWith(scope.path()));
        new SnapshotDifference(source, this::meet).between(present, wanted);
        var roots = Stream.of(present, wanted)
                .flatMap(snapshot -> snapshot.record().roots().stream())
                .map(SnapshotRoot::path)
                .toList();
        return new InPlacePlan(
                wanted, scope, overwrite.replacesAll(), FilePath.outermost(roots), changes, blocked, kept);
    }

    private void meet(Change change) {
        switch (change) {
            case Change.Added(var path, var node) -> {
                if (scope.contains(path, node instanceof Node.Directory)) {
                    add(change);
                } else if (node instanceof Node.Directory) {
                    directoriesAbove.put(path, change);
                }
            }
            case Change.Removed(var path, var node) -> {
                if (isTemporary(path) ? path.startsWith(scope.path()) : delete && isWanted(path, node)) {
                    add(change);
                }
            }
            case Change.Modified(var path, var before, var after) -> {
                if (isWanted(path, after)) {
                    modify(change, before, after);
                }
            }
        }
    }

    private boolean isWanted(FilePath path, Node node) {
        return scope.contains(path, node instanceof Node.Directory);
    }

    private void modify(Change change, Node before, Node after) {
        if (!whole && differInLinksOnly(before, after)) {
            // The other names of the inode may not be ours to write.
            return;
        }
        boolean bothDirectories = before instanceof Node.Directory && after instanceof Node.Directory;
        if (!bothDirectories && !overwrite.replaces(before, after)) {
            kept++;
        } else if (before instanceof Node.Directory && !bothDirectories && !delete) {
            blocked.add(change.path());
        } else {
            add(change);
        }
    }

    private static boolean differInLinksOnly(Node before, Node after) {
        return before instanceof Node.RegularFile one
                && after instanceof Node.RegularFile other
                && one.content().equals(other.content())
                && withoutLinks(one.metadata()).equals(withoutLinks(other.metadata()));
    }

    private static Metadata withoutLinks(Metadata metadata) {
        return new Metadata(
                metadata.mode(),
                metadata.uid(),
                metadata.gid(),
                metadata.modified(),
                metadata.xattrs(),
                Optional.empty());
    }

    /** Adds a change, and before it the directories that have to be made for it. */
    private void add(Change change) {
        var missing = new ArrayList<Change>();
        for (var above = change.path(); above.depth() > 0; ) {
            above = above.parent();
            var directory = directoriesAbove.get(above);
            if (directory == null || planned.contains(above)) {
                break;
            }
            missing.add(directory);
        }
        missing.reversed().forEach(directory -> {
            planned.add(directory.path());
            changes.add(directory);
        });
        changes.add(change);
    }
}
