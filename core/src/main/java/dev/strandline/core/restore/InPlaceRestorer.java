package dev.strandline.core.restore;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.browse.TreeVisitor;
import dev.strandline.core.browse.TreeWalker;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.history.Change;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.LinkGroup;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Executes an {@link InPlacePlan}. Nobody ever sees half of a file ({@link PlaceWriter}); a run that was stopped is gone on
 * with by planning again. Deleting comes after writing, and the metadata of directories last, bottom-up. One use, one thread.
 */
public final class InPlaceRestorer {
    private final InPlacePlan plan;
    private final ChunkSource source;
    private final RestoreListener listener;
    private final PlaceWriter places;

    /** @param random for names that files have until they are complete */
    public InPlaceRestorer(
            InPlacePlan plan,
            HostFileSystem host,
            ChunkSource source,
            RestoreListener listener,
            BooleanSupplier cancelled,
            RandomGenerator random) {
        this.plan = plan;
        this.source = source;
        this.listener = listener;
        this.places = new PlaceWriter(host, source, listener, cancelled, random, plan);
    }

    /**
     * Restores; single entries that can't be are told to the listener, with their absolute paths.
     *
     * @return directories that stay because what a capture leaves out is in them
     * @throws IOException when nothing more can be written, for example because the disk is full
     */
    public Set<FilePath> execute() throws RepositoryException, IOException {
        plan.blocked()
                .forEach(path -> listener.problem(new RestoreProblem(
                        path, RestoreProblem.Aspect.CONTENT, "a directory is in its place; --delete would remove it")));
        try (places) {
            var inTheWay = inTheWay(plan.changes());
            clear(inTheWay, plan.changes());
            var groups = new HashSet<LinkGroup>();
            for (var change : plan.changes()) {
                places.stopWhenCancelled();
                attempt(change.path(), () -> bring(change, groups));
            }
            linkGroups(groups);
            for (var change : plan.changes().reversed()) {
                if (change instanceof Change.Removed(var path, var node) && !isBelow(path, inTheWay)) {
                    places.stopWhenCancelled();
                    attempt(path, () -> places.remove(path, node));
                }
            }
            finishDirectories();
            return places.staying();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private interface Action {
        void run() throws IOException, RepositoryException;
    }

    private void attempt(FilePath path, Action action) throws RepositoryException {
        try {
            action.run();
        } catch (DamageException damage) {
            listener.problem(RestoreProblem.ofDamage(path, damage));
        } catch (IOException e) {
            listener.problem(RestoreProblem.ofContent(path, e));
        }
    }

    /** Directories that stand where something else shall be. */
    private static Set<FilePath> inTheWay(List<Change> changes) {
        var inTheWay = new HashSet<FilePath>();
        for (var change : changes) {
            if (change instanceof Change.Modified(var path, Node.Directory _, var after)
                    && !(after instanceof Node.Directory)) {
                inTheWay.add(path);
            }
        }
        return inTheWay;
    }

    /** Removes directories, what is in them first. */
    private void clear(Set<FilePath> inTheWay, List<Change> changes) throws RepositoryException {
        for (var change : changes.reversed()) {
            if (change instanceof Change.Removed(var path, var node) && isBelow(path, inTheWay)) {
                attempt(path, () -> places.remove(path, node));
            } else if (inTheWay.contains(change.path())
                    && change instanceof Change.Modified(var path, var before, var _)) {
                attempt(path, () -> places.remove(path, before));
            }
        }
    }

    private static boolean isBelow(FilePath path, Set<FilePath> directories) {
        for (var above = path; above.depth() > 0; ) {
            above = above.parent();
            if (directories.contains(above)) {
                return true;
            }
        }
        return false;
    }

    /** Makes or changes an entry; those that share an inode with others are left for later, all together. */
    private void bring(Change change, Set<LinkGroup> groups) throws IOException, RepositoryException {
        switch (change) {
            case Change.Added(var path, var node) -> make(path, null, node, groups);
            case Change.Modified(var path, var before, var after) -> make(path, before, after, groups);
            case Change.Removed _ -> {
                // Later, when all that is wanted is there.
            }
        }
    }

    private void make(FilePath path, @Nullable Node before, Node node, Set<LinkGroup> groups)
            throws IOException, RepositoryException {
        if (node instanceof Node.Directory) {
            places.makeDirectory(path, before);
        } else if (node.metadata().linkGroup().isPresent()) {
            groups.add(node.metadata().linkGroup().get());
        } else if (before != null && isSameInode(before, node)) {
            places.setMetadata(path, node);
        } else {
            places.write(path, node);
        }
    }

    /** Whether only its metadata differs, and nobody else's would change with it. */
    private static boolean isSameInode(Node before, Node node) {
        return before instanceof Node.RegularFile one
                && node instanceof Node.RegularFile other
                && one.content().equals(other.content())
                && before.metadata().linkGroup().isEmpty();
    }

    /** Writes the first name of each inode with several, and gives it the others. */
    private void linkGroups(Set<LinkGroup> groups) throws RepositoryException {
        if (groups.isEmpty()) {
            return;
        }
        for (var group : members(groups).values()) {
            var first = group.getFirst();
            attempt(first.path, () -> {
                places.write(first.path, first.node);
                for (var other : group.subList(1, group.size())) {
                    attempt(other.path, () -> places.link(first.path, other.path));
                }
            });
        }
    }

    private record Member(FilePath path, Node node) {}

    private Map<LinkGroup, List<Member>> members(Set<LinkGroup> groups) throws RepositoryException {
        var members = new LinkedHashMap<LinkGroup, List<Member>>();
        var changed = plan.changes().stream().map(Change::path).collect(Collectors.toSet());
        Predicate<FilePath> mayWrite =
                path -> plan.scope().contains(path, false) && (plan.replacesAll() || changed.contains(path));
        for (var root : plan.wanted().record().roots()) {
            var tree = new SnapshotTree(plan.wanted(), source);
            var visitor =
                    new GroupFinder(root.path(), root.node() instanceof Node.Directory, groups, mayWrite, members);
            new TreeWalker(tree, source, visitor).walk(tree.at(root.path()));
        }
        return members;
    }

    /** Finds the names of inodes in a snapshot, as far as they may be written. */
    private record GroupFinder(
            FilePath root,
            boolean isDirectory,
            Set<LinkGroup> groups,
            Predicate<FilePath> wanted,
            Map<LinkGroup, List<Member>> members)
            implements TreeVisitor {
        @Override
        public void visit(FilePath path, Node node) {
            var place = isDirectory ? root.resolve(path) : root;
            node.metadata()
                    .linkGroup()
                    .filter(group -> groups.contains(group) && wanted.test(place))
                    .ifPresent(group -> members.computeIfAbsent(group, _ -> new ArrayList<>())
                            .add(new Member(place, node)));
        }

        @Override
        public void damaged(FilePath directory, DamageException damage) {
            // What is there can't be told; the difference has told the damage.
        }
    }

    /** Gives directories that were changed, or in which something was, what the snapshot has of them. */
    private void finishDirectories() throws RepositoryException {
        var tree = new SnapshotTree(plan.wanted(), source);
        for (var path : places.touched()) {
            var node = directoryAt(tree, path);
            attempt(path, () -> places.finishDirectory(path, node));
        }
    }

    private static @Nullable Node directoryAt(SnapshotTree tree, FilePath path) throws RepositoryException {
        try {
            return tree.at(path) instanceof SnapshotTree.Place.Captured(var _, Node.Directory directory)
                    ? directory
                    : null;
        } catch (NoSuchSnapshotException _) {
            return null;
        }
    }
}
