package dev.strandline.core.restore;

import dev.strandline.core.browse.ExtentReader;
import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.browse.TreeVisitor;
import dev.strandline.core.browse.TreeWalker;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.history.Change;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.LinkGroup;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Executes an {@link InPlacePlan}. Whatever is written is made under a name of its own, complete with its metadata and on
 * the disk, and then renamed, so that nobody ever sees half of it; a run that was stopped is gone on with by planning again. What only
 * lacks metadata gets that. Deleting comes after writing, and the metadata of directories last, bottom-up. One use, one thread.
 */
public final class InPlaceRestorer {
    private final HostFileSystem host;
    private final ChunkSource source;
    private final RestoreListener listener;
    private final BooleanSupplier cancelled;
    private final RandomGenerator random;
    private final MetadataWriter metadata;
    private final Map<FilePath, DirectoryChain> chains = new HashMap<>();
    private final Set<FilePath> touchedDirectories = new TreeSet<>();
    private final Set<FilePath> staying = new HashSet<>();
    private List<FilePath> roots = List.of();

    /** @param random for names that files have until they are complete */
    public InPlaceRestorer(
            HostFileSystem host,
            ChunkSource source,
            RestoreListener listener,
            BooleanSupplier cancelled,
            RandomGenerator random) {
        this.host = host;
        this.source = source;
        this.listener = listener;
        this.cancelled = cancelled;
        this.random = random;
        this.metadata = new MetadataWriter(listener, false);
    }

    /**
     * Restores; single entries that can't be are told to the listener, with their absolute paths.
     *
     * @return directories that stay because what a capture leaves out is in them
     * @throws IOException when nothing more can be written, for example because the disk is full
     */
    public Set<FilePath> execute(InPlacePlan plan) throws RepositoryException, IOException {
        roots = plan.roots();
        plan.blocked()
                .forEach(path -> listener.problem(new RestoreProblem(
                        path, RestoreProblem.Aspect.CONTENT, "a directory is in its place; --delete would remove it")));
        try {
            var inTheWay = inTheWay(plan.changes());
            clear(inTheWay, plan.changes());
            var groups = new HashSet<LinkGroup>();
            for (var change : plan.changes()) {
                stopWhenCancelled();
                attempt(change.path(), () -> bring(change, groups));
            }
            linkGroups(plan, groups);
            for (var change : plan.changes().reversed()) {
                if (change instanceof Change.Removed(var path, var node) && !isBelow(path, inTheWay)) {
                    stopWhenCancelled();
                    attempt(path, () -> remove(path, node));
                }
            }
            finishDirectories(plan);
            return Set.copyOf(staying);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            chains.values().forEach(DirectoryChain::close);
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

    private void stopWhenCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new RestoreCancelledException();
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
                attempt(path, () -> remove(path, node));
            } else if (inTheWay.contains(change.path())
                    && change instanceof Change.Modified(var path, var before, var _)) {
                attempt(path, () -> remove(path, before));
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
            makeDirectory(path, before);
        } else if (node.metadata().linkGroup().isPresent()) {
            groups.add(node.metadata().linkGroup().get());
        } else if (before != null && isSameInode(before, node)) {
            touch(path);
            try (var entry = parent(path).openEntry(path.name())) {
                metadata.replace(path, entry, node);
            }
            listener.done(path, 0);
        } else {
            write(path, node);
        }
    }

    /** Whether only its metadata differs, and nobody else's would change with it. */
    private static boolean isSameInode(Node before, Node node) {
        return before instanceof Node.RegularFile one
                && node instanceof Node.RegularFile other
                && one.content().equals(other.content())
                && before.metadata().linkGroup().isEmpty();
    }

    private void makeDirectory(FilePath path, @Nullable Node before) throws IOException {
        if (!(before instanceof Node.Directory)) {
            touch(path);
            var parent = parent(path);
            if (before != null) {
                parent.removeFile(path.name());
            }
            parent.createDirectory(path.name()).close();
        }
        touchedDirectories.add(path);
        listener.done(path, 0);
    }

    /** Makes an entry beside its place and puts it there. */
    private void write(FilePath path, Node node) throws IOException, RepositoryException {
        touch(path);
        var parent = parent(path);
        var temporary = InPlacePlanner.temporaryName(random.nextLong());
        try {
            switch (node) {
                case Node.RegularFile file -> {
                    try (var made = parent.createFile(temporary)) {
                        writeContent(made, file);
                        metadata.replace(path, made, node);
                        made.sync();
                    }
                }
                case Node.Symlink(var _, byte[] target) -> parent.createSymlink(temporary, target);
                case Node.Device device ->
                    parent.createSpecial(temporary, device.type(), device.major(), device.minor());
                case Node other -> parent.createSpecial(temporary, other.type(), 0, 0);
            }
            if (!(node instanceof Node.RegularFile)) {
                try (var entry = parent.openEntry(temporary)) {
                    metadata.replace(path, entry, node);
                }
            }
            parent.rename(temporary, parent, path.name(), false);
        } catch (IOException | RepositoryException | RuntimeException e) {
            removeQuietly(parent, temporary);
            throw e;
        }
        listener.done(
                path, node instanceof Node.RegularFile file ? file.content().sizeBytes() : 0);
    }

    private void writeContent(WritableFile file, Node.RegularFile node) throws IOException, RepositoryException {
        var extents = new ExtentReader(source, node.content());
        long position = 0;
        for (var extent = extents.next(); extent != null; extent = extents.next()) {
            stopWhenCancelled();
            if (extent instanceof Extent.Chunk(var id, int length)) {
                byte[] data = source.read(id);
                if (data.length != length) {
                    throw new DamageException(
                            "chunk " + id, "it has " + data.length + " bytes where a file has " + length);
                }
                file.write(position, data, 0, length);
            }
            position += extent.lengthBytes();
        }
        file.setSize(position);
    }

    private static void removeQuietly(Directory parent, FileName name) {
        try {
            parent.removeFile(name);
        } catch (IOException _) {
            // It was not made, or is removed by the next restore.
        }
    }

    private void remove(FilePath path, Node node) throws IOException {
        touch(path);
        try {
            if (node instanceof Node.Directory) {
                parent(path).removeDirectory(path.name());
                touchedDirectories.remove(path);
            } else {
                parent(path).removeFile(path.name());
            }
            listener.done(path, 0);
        } catch (FileOperationException e) {
            // What a capture leaves out stays, and so does the directory that it is in.
            boolean holdsMore = node instanceof Node.Directory && e.errno() == Errno.ENOTEMPTY;
            if (holdsMore) {
                staying.add(path);
            } else if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    /** Writes the first name of each inode with several, and gives it the others. */
    private void linkGroups(InPlacePlan plan, Set<LinkGroup> groups) throws RepositoryException {
        if (groups.isEmpty()) {
            return;
        }
        for (var group : members(plan, groups).values()) {
            var first = group.getFirst();
            attempt(first.path, () -> {
                write(first.path, first.node);
                for (var other : group.subList(1, group.size())) {
                    attempt(other.path, () -> link(first.path, other.path));
                }
            });
        }
    }

    private record Member(FilePath path, Node node) {}

    private Map<LinkGroup, List<Member>> members(InPlacePlan plan, Set<LinkGroup> groups) throws RepositoryException {
        var members = new LinkedHashMap<LinkGroup, List<Member>>();
        for (var root : plan.wanted().record().roots()) {
            var tree = new SnapshotTree(plan.wanted(), source);
            var visitor = new GroupFinder(root.path(), root.node() instanceof Node.Directory, groups, members);
            new TreeWalker(tree, source, visitor).walk(tree.at(root.path()));
        }
        return members;
    }

    /** Finds the names of inodes in a snapshot. */
    private record GroupFinder(
            FilePath root, boolean isDirectory, Set<LinkGroup> groups, Map<LinkGroup, List<Member>> members)
            implements TreeVisitor {
        @Override
        public boolean enter(FilePath path, Node.@Nullable Directory node) {
            return true;
        }

        @Override
        public void leave(FilePath path) {}

        @Override
        public void visit(FilePath path, Node node) {
            node.metadata()
                    .linkGroup()
                    .filter(groups::contains)
                    .ifPresent(group -> members.computeIfAbsent(group, _ -> new ArrayList<>())
                            .add(new Member(isDirectory ? root.resolve(path) : root, node)));
        }

        @Override
        public void damaged(FilePath directory, DamageException damage) {
            // What is there can't be told; the difference has told the damage.
        }
    }

    private void link(FilePath first, FilePath path) throws IOException {
        touch(path);
        var temporary = InPlacePlanner.temporaryName(random.nextLong());
        // The chain has one branch open at a time: the first name's is opened anew.
        var anchor = anchorOf(first);
        try (var chain = new DirectoryChain(host, anchor)) {
            var from = chain.open(first.parent().relativeTo(anchor));
            var parent = parent(path);
            from.link(first.name(), parent, temporary);
            try {
                parent.rename(temporary, parent, path.name(), false);
            } finally {
                removeQuietly(parent, temporary);
            }
        }
        listener.done(path, 0);
    }

    /** Gives directories that were changed, or in which something was, what the snapshot has of them. */
    private void finishDirectories(InPlacePlan plan) throws RepositoryException {
        var tree = new SnapshotTree(plan.wanted(), source);
        for (var change : plan.changes()) {
            if (change instanceof Change.Modified(var path, Node.Directory _, Node.Directory _)) {
                touchedDirectories.add(path);
            }
        }
        var deepestFirst = touchedDirectories.stream()
                .sorted(Comparator.comparingInt(FilePath::depth).reversed())
                .toList();
        for (var path : deepestFirst) {
            var node = directoryAt(tree, path);
            attempt(path, () -> {
                var directory = directory(path);
                directory.sync();
                node.ifPresent(wanted -> metadata.replace(path, directory, wanted));
            });
        }
    }

    private static Optional<Node> directoryAt(SnapshotTree tree, FilePath path) throws RepositoryException {
        try {
            return tree.at(path) instanceof SnapshotTree.Place.Captured(var _, Node.Directory directory)
                    ? Optional.of(directory)
                    : Optional.empty();
        } catch (NoSuchSnapshotException _) {
            return Optional.empty();
        }
    }

    /** The directory that a captured place lies in: what lies above is not the snapshot's. */
    private FilePath anchorOf(FilePath path) {
        for (var root : roots) {
            if (path.startsWith(root)) {
                return root.depth() == 0 ? root : root.parent();
            }
        }
        return path;
    }

    /** Notes that the directory of an entry changes. */
    private void touch(FilePath path) {
        if (path.depth() > 0) {
            touchedDirectories.add(path.parent());
        }
    }

    private Directory parent(FilePath path) throws IOException {
        return directory(path.parent());
    }

    private Directory directory(FilePath path) throws IOException {
        var anchor = anchorOf(path);
        var chain = chains.get(anchor);
        if (chain == null) {
            chain = new DirectoryChain(host, anchor);
            chains.put(anchor, chain);
        }
        return chain.open(path.relativeTo(anchor));
    }
}
