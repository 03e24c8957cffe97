package dev.strandline.core.browse;

import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.path.Spelling;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A snapshot seen as one tree from {@code /} down. Directories above the captured roots were not captured themselves:
 * they are {@link Place.Above}, and hold just the way down to the roots. One thread.
 */
public final class SnapshotTree {
    /** How many names an error lists as near. */
    private static final int MAX_CANDIDATES = 5;

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
        var roots = snapshot.record().roots();
        int place = firstAfter(path);
        if (place > 0 && path.startsWith(roots.get(place - 1).path())) {
            return descend(roots.get(place - 1), path);
        }
        var names = namesBelow(path);
        if (names.isEmpty() && path.depth() > 0) {
            throw noSuchPath(path, path.parent(), namesBelow(path.parent()));
        }
        return new Place.Above(path, names);
    }

    /** The names in a directory above captured roots that lead to these, in order. */
    private List<FileName> namesBelow(FilePath path) {
        var roots = snapshot.record().roots();
        var names = new ArrayList<FileName>();
        for (int i = firstAfter(path); i < roots.size() && roots.get(i).path().startsWith(path); i++) {
            var name = roots.get(i).path().nameAt(path.depth());
            if (names.isEmpty() || !names.getLast().equals(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The place of the first root that comes after {@code path}: a snapshot may have a hundred thousand, in order. */
    private int firstAfter(FilePath path) {
        var roots = snapshot.record().roots();
        int low = 0;
        int high = roots.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (roots.get(middle).path().compareTo(path) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Place descend(SnapshotRoot root, FilePath path) throws RepositoryException {
        var node = root.node();
        var above = root.path();
        for (var name : path.relativeTo(root.path()).names()) {
            var child = node instanceof Node.Directory directory ? TreeReader.child(source, directory, name) : null;
            if (child == null) {
                throw noSuchPath(path, above, names(node));
            }
            node = child;
            above = above.resolve(name);
        }
        return new Place.Captured(path, node);
    }

    private List<FileName> names(Node node) throws RepositoryException {
        var names = new ArrayList<FileName>();
        if (node instanceof Node.Directory directory) {
            var reader = new TreeReader(source, directory.entries());
            for (var entry = reader.next(); entry != null; entry = reader.next()) {
                names.add(entry.name());
            }
        }
        return names;
    }

    private NoSuchSnapshotException noSuchPath(FilePath path, FilePath above, List<FileName> names) {
        var missing = path.names().get(above.depth());
        var nearest = Spelling.nearest(
                missing.display(), names.stream().map(FileName::display).toList(), MAX_CANDIDATES);
        return new NoSuchSnapshotException(
                "snapshot " + snapshot.id().shortHex() + " has no " + path.display(),
                nearest.isEmpty()
                        ? "'strandline ls " + snapshot.id().shortHex() + ":" + above.display()
                                + "' tells what is there."
                        : nearest.stream()
                                .map(name -> "\n  " + (above.depth() == 0 ? "" : above.display()) + "/" + name)
                                .collect(Collectors.joining("", "Nearest:", "")));
    }
}
