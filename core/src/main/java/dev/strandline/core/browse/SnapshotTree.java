package dev.strandline.core.browse;

import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.tree.Node;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A snapshot seen as one tree from {@code /} down. Directories above the captured roots were not captured themselves:
 * they are {@link Place.Above}, and hold just the way down to the roots. One thread.
 */
public final class SnapshotTree {
    private final Snapshot snapshot;
    private final ChunkSource source;

    public SnapshotTree(Snapshot snapshot, ChunkSource source) {
        this.snapshot = snapshot;
        this.source = source;
    }

    /** Where a path leads. */
    public sealed interface Place {
        FilePath path();

        /** A captured node. */
        record Captured(FilePath path, Node node) implements Place {}

        /** A directory on the way to captured roots, by the names that lead on, in order. */
        record Above(FilePath path, List<FileName> names) implements Place {}
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    /**
     * What is at an absolute path.
     *
     * @throws NoSuchSnapshotException when the snapshot has nothing there
     */
    public Place at(FilePath path) throws RepositoryException {
        for (var root : snapshot.record().roots()) {
            if (path.startsWith(root.path())) {
                return descend(root, path);
            }
        }
        var below = new TreeMap<FileName, FileName>();
        for (var root : snapshot.record().roots()) {
            if (root.path().startsWith(path)) {
                var name = root.path().names().get(path.depth());
                below.put(name, name);
            }
        }
        if (below.isEmpty() && path.depth() > 0) {
            throw noSuchPath(path);
        }
        return new Place.Above(path, List.copyOf(below.keySet()));
    }

    private Place descend(SnapshotRoot root, FilePath path) throws RepositoryException {
        var node = root.node();
        for (var name : path.relativeTo(root.path()).names()) {
            node = child(node, name).orElseThrow(() -> noSuchPath(path));
        }
        return new Place.Captured(path, node);
    }

    private Optional<Node> child(Node parent, FileName name) throws RepositoryException {
        if (!(parent instanceof Node.Directory directory)) {
            return Optional.empty();
        }
        var reader = new TreeReader(source, directory.entries());
        for (var entry = reader.next(); entry != null; entry = reader.next()) {
            int order = entry.name().compareTo(name);
            if (order == 0) {
                return Optional.of(entry.node());
            }
            if (order > 0) {
                break;
            }
        }
        return Optional.empty();
    }

    private NoSuchSnapshotException noSuchPath(FilePath path) {
        return new NoSuchSnapshotException(
                "snapshot " + snapshot.id().shortHex() + " has no " + path.display(), List.of());
    }
}
