package dev.strandline.core.history;

import dev.strandline.core.browse.TreeReader;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.tree.Entry;
import dev.strandline.core.tree.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells what differs between two snapshots, in order of paths. Equal trees are recognised by their chunk ids and not read,
 * so that the cost follows the difference; memory is two open directories for each level. One use, one thread.
 */
public final class SnapshotDifference {
    private final ChunkSource source;
    private final Observer observer;
    private final Deque<Level> levels = new ArrayDeque<>();
    private FilePath scope = FilePath.ROOT;
    private BooleanSupplier enough = () -> false;
    private boolean isStopped;
    private @Nullable Consumer<DamageException> damages;

    public SnapshotDifference(ChunkSource source, Observer observer) {
        this.source = source;
        this.observer = observer;
    }

    /** Told each change. */
    public interface Observer {
        void on(Change change) throws RepositoryException;
    }

    /** The directories of one path in both snapshots, as far as they are read. */
    private static final class Level {
        final FilePath path;
        final Side before;
        final Side after;

        Level(FilePath path, Side before, Side after) {
            this.path = path;
            this.before = before;
            this.after = after;
        }
    }

    /** The rest of a directory's entries, of none where there is no directory. */
    private static final class Side {
        private final @Nullable TreeReader reader;
        private @Nullable Entry next;
        private boolean isRead;

        Side(ChunkSource source, @Nullable Node node) {
            this.reader = node instanceof Node.Directory directory ? new TreeReader(source, directory.entries()) : null;
        }

        @Nullable
        Entry peek() throws RepositoryException {
            if (!isRead) {
                next = reader == null ? null : reader.next();
                isRead = true;
            }
            return next;
        }

        void advance() {
            isRead = false;
        }
    }

    /** Ends the comparison when the observer has seen enough; asked after each change. */
    public SnapshotDifference until(BooleanSupplier hasEnough) {
        enough = hasEnough;
        return this;
    }

    /** Goes on beside directories that can't be read, of which this is told; else they end the comparison. */
    public SnapshotDifference passingOver(Consumer<DamageException> told) {
        damages = told;
        return this;
    }

    /** Leaves out all that is not at or below a path. */
    public SnapshotDifference within(FilePath path) {
        scope = path;
        return this;
    }

    /** Tells the observer all that {@code after} has different from {@code before}. */
    public void between(Snapshot before, Snapshot after) throws RepositoryException {
        between(nodes(before.record().roots()), nodes(after.record().roots()));
    }

    /**
     * The same of nodes by their paths, none of which is below another on the same side. Where one side has a place and the
     * other only what is in it, only that is compared.
     */
    public void between(Map<FilePath, Node> nodesBefore, Map<FilePath, Node> nodesAfter) throws RepositoryException {
        var before = new TreeMap<>(nodesBefore);
        var after = new TreeMap<>(nodesAfter);
        var paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        for (var path : paths) {
            if (isStopped) {
                return;
            }
            var next = (before.containsKey(path) ? after : before).higherKey(path);
            if (next == null || !next.startsWith(path)) {
                compare(path, nodeAt(path, before), nodeAt(path, after));
                walk();
            }
        }
    }

    private void walk() throws RepositoryException {
        while (!levels.isEmpty()) {
            var level = levels.peek();
            try {
                step(level);
            } catch (DamageException damage) {
                if (damages == null) {
                    throw damage;
                }
                damages.accept(damage);
                levels.remove(level);
            }
        }
    }

    /** What one side has at the place of a root of the other, in whichever of its own that is. */
    private @Nullable Node nodeAt(FilePath path, NavigableMap<FilePath, Node> roots) throws RepositoryException {
        // The paths in between would be below this one.
        var root = roots.floorEntry(path);
        if (root == null || !path.startsWith(root.getKey())) {
            return null;
        }
        Node node = root.getValue();
        for (int depth = root.getKey().depth(); depth < path.depth(); depth++) {
            node = node instanceof Node.Directory directory
                    ? TreeReader.child(source, directory, path.nameAt(depth))
                    : null;
        }
        return node;
    }

    static Map<FilePath, Node> nodes(List<SnapshotRoot> roots) {
        return roots.stream().collect(Collectors.toMap(SnapshotRoot::path, SnapshotRoot::node));
    }

    private void step(Level level) throws RepositoryException {
        var before = level.before.peek();
        var after = level.after.peek();
        if (before == null && after == null) {
            levels.pop();
            return;
        }
        int order = before == null ? 1 : after == null ? -1 : before.name().compareTo(after.name());
        if (order <= 0) {
            level.before.advance();
        }
        if (order >= 0) {
            level.after.advance();
        }
        var name = Objects.requireNonNull(order <= 0 ? before : after).name();
        compare(
                level.path.resolve(name),
                order <= 0 ? Objects.requireNonNull(before).node() : null,
                order >= 0 ? Objects.requireNonNull(after).node() : null);
    }

    private void compare(FilePath path, @Nullable Node before, @Nullable Node after) throws RepositoryException {
        boolean isInside = path.startsWith(scope);
        if (Objects.equals(before, after) || (!isInside && !scope.startsWith(path))) {
            return;
        }
        if (isInside) {
            tell(path, before, after);
            if (enough.getAsBoolean()) {
                isStopped = true;
                levels.clear();
            }
        }
        if (!isStopped && !sameEntries(before, after) && (isDirectory(before) || isDirectory(after))) {
            levels.push(new Level(path, new Side(source, before), new Side(source, after)));
        }
    }

    private void tell(FilePath path, @Nullable Node before, @Nullable Node after) throws RepositoryException {
        if (before == null) {
            observer.on(new Change.Added(path, Objects.requireNonNull(after)));
        } else if (after == null) {
            observer.on(new Change.Removed(path, before));
        } else if (before.type() != after.type() || !isDirectory(after) || !sameMetadata(before, after)) {
            observer.on(new Change.Modified(path, before, after));
        }
    }

    private static boolean isDirectory(@Nullable Node node) {
        return node instanceof Node.Directory;
    }

    private static boolean sameMetadata(Node before, Node after) {
        return before.metadata().equals(after.metadata());
    }

    private static boolean sameEntries(@Nullable Node before, @Nullable Node after) {
        return before instanceof Node.Directory one
                && after instanceof Node.Directory other
                && one.entries().equals(other.entries());
    }
}
