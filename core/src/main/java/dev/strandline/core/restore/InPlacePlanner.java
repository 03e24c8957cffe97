package dev.strandline.core.restore;

import dev.strandline.core.history.Change;
import dev.strandline.core.history.SnapshotDifference;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.tree.LinkGroup;
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
    private static final Pattern TEMPORARY = Pattern.compile("\\.strandline-([0-9a-f]{16}\\.tmp|restoring)");

    private final ChunkSource source;
    private final Scope scope;
    private final Overwrite overwrite;
    private final boolean delete;
    private final Map<FilePath, Change> directoriesAbove = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final Set<FilePath> planned = new HashSet<>();
    private final List<FilePath> blocked = new ArrayList<>();
    private final Map<LinkGroup, LinkGroup> groups = new HashMap<>();
    private final Map<LinkGroup, LinkGroup> groupsBack = new HashMap<>();
    private boolean isRelocated;
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

    /**
     * Plans for trees that are to be elsewhere than they were captured: groups of hard links are named by paths, so there
     * they have other names.
     *
     * @param present what is in the directory now
     * @param relocated what is to be there
     */
    public InPlacePlan planRelocated(Snapshot present, Snapshot relocated, FilePath directory)
            throws RepositoryException {
        isRelocated = true;
        return plan(present, relocated).into(directory);
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
                wanted,
                scope,
                overwrite.replacesAll(),
                FilePath.outermost(roots),
                Optional.empty(),
                changes,
                blocked,
                kept,
                Set.of());
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
        if (steady(before).equals(steady(after))) {
            // That a file changed while it was read says nothing about what is to be written.
            return;
        }
        if (isRelocated && differInLinksOnly(before, after) && isSameGroup(before, after)) {
            return;
        }
        if (!whole && !isRelocated && differInLinksOnly(before, after)) {
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

    private static Node steady(Node node) {
        return node instanceof Node.RegularFile file
                ? new Node.RegularFile(file.metadata(), file.content(), false)
                : node;
    }

    private static boolean differInLinksOnly(Node before, Node after) {
        return withoutLinks(before).equals(withoutLinks(after));
    }

    private static Node withoutLinks(Node node) {
        var metadata = withoutLinks(node.metadata());
        return switch (node) {
            case Node.RegularFile file -> new Node.RegularFile(metadata, file.content(), false);
            case Node.Directory directory -> new Node.Directory(metadata, directory.entries());
            case Node.Symlink(var _, byte[] target) -> new Node.Symlink(metadata, target);
            case Node.Fifo _ -> new Node.Fifo(metadata);
            case Node.Socket _ -> new Node.Socket(metadata);
            case Node.Device device -> new Node.Device(metadata, device.type(), device.major(), device.minor());
        };
    }

    /** Whether the inode is the one that the other names of the group have led to so far. */
    private boolean isSameGroup(Node before, Node after) {
        var there = before.metadata().linkGroup();
        var wanted = after.metadata().linkGroup();
        if (there.isEmpty() || wanted.isEmpty()) {
            return false;
        }
        groups.putIfAbsent(there.get(), wanted.get());
        groupsBack.putIfAbsent(wanted.get(), there.get());
        return wanted.get().equals(groups.get(there.get())) && there.get().equals(groupsBack.get(wanted.get()));
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
