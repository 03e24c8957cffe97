package dev.strandline.core.browse;

import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.Entry;
import dev.strandline.core.tree.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Walks a stored tree depth first, names in order, without recursion: memory is one open directory per level. One
 * thread.
 */
public final class TreeWalker {
    /** The path of where a walk starts. */
    public static final FilePath START = FilePath.of(".");

    private final SnapshotTree tree;
    private final ChunkSource source;
    private final TreeVisitor visitor;
    private final Deque<Level> levels = new ArrayDeque<>();

    public TreeWalker(SnapshotTree tree, ChunkSource source, TreeVisitor visitor) {
        this.tree = tree;
        this.source = source;
        this.visitor = visitor;
    }

    /** A directory that the walk is in: captured, or above what was. */
    private sealed interface Level {
        FilePath path();

        record Captured(FilePath path, TreeReader entries) implements Level {}

        record Above(FilePath path, FilePath absolute, Iterator<FileName> names) implements Level {}
    }

    /** Walks what is at {@code start}, a file as an entry of its name. */
    public void walk(SnapshotTree.Place start) throws RepositoryException {
        switch (start) {
            case SnapshotTree.Place.Captured(var path, var node)
            when !(node instanceof Node.Directory) -> visitor.visit(START.resolve(path.name()), node);
            case SnapshotTree.Place place -> enter(START, place);
        }
        while (!levels.isEmpty()) {
            var level = levels.peek();
            try {
                step(level);
            } catch (DamageException damage) {
                visitor.damaged(level.path(), damage);
                leave();
            }
        }
    }

    private void step(Level level) throws RepositoryException {
        switch (level) {
            case Level.Captured(var path, var entries) -> {
                var entry = entries.next();
                if (entry == null) {
                    leave();
                } else {
                    meet(path, entry);
                }
            }
            case Level.Above(var path, var absolute, var names) -> {
                if (!names.hasNext()) {
                    leave();
                } else {
                    var name = names.next();
                    meet(path.resolve(name), tree.at(absolute.resolve(name)));
                }
            }
        }
    }

    private void meet(FilePath parent, Entry entry) throws RepositoryException {
        var path = parent.resolve(entry.name());
        switch (entry.node()) {
            case Node.Directory directory -> enter(path, directory);
            case Node node -> visitor.visit(path, node);
        }
    }

    private void meet(FilePath path, SnapshotTree.Place place) throws RepositoryException {
        switch (place) {
            case SnapshotTree.Place.Captured(var _, var node)
            when !(node instanceof Node.Directory) -> visitor.visit(path, node);
            case SnapshotTree.Place directory -> enter(path, directory);
        }
    }

    private void enter(FilePath path, SnapshotTree.Place place) throws RepositoryException {
        switch (place) {
            case SnapshotTree.Place.Captured(var _, Node.Directory directory) -> enter(path, directory);
            case SnapshotTree.Place.Above(var absolute, var names) -> {
                if (visitor.enter(path, null)) {
                    levels.push(new Level.Above(path, absolute, names.iterator()));
                }
            }
            case SnapshotTree.Place.Captured other ->
                throw new IllegalStateException(other.path() + " is no directory");
        }
    }

    private void enter(FilePath path, Node.Directory directory) throws RepositoryException {
        if (visitor.enter(path, directory)) {
            levels.push(new Level.Captured(path, new TreeReader(source, directory.entries())));
        }
    }

    private void leave() throws RepositoryException {
        visitor.leave(levels.pop().path());
    }
}
