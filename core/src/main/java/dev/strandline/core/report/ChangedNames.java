package dev.strandline.core.report;

import dev.strandline.core.browse.TreeReader;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.ChangedPaths;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.tree.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the names of paths of which records have only digests. What a digest stands for is looked for in trees, and only in
 * directories whose own digests are wanted too, as those above a changed path are. One thread.
 */
final class ChangedNames {
    /** So many entries are looked at, which takes a second or two; what is not found by then has no name. */
    private static final int MAX_ENTRIES = 1_000_000;

    private final ChunkSource source;
    private final Consumer<DamageException> damages;
    private final Map<Integer, Name> names = new HashMap<>();
    private int entries;

    /**
     * What a digest stands for.
     *
     * @param folder the captured path, or the folder in it, that has it
     */
    record Name(FilePath path, FilePath folder, boolean isDirectory) {}

    /** A directory that is to be looked into; the folder is empty for a captured path. */
    private record Open(FilePath path, @Nullable FilePath folder, Node.Directory node) {}

    ChangedNames(ChunkSource source, Consumer<DamageException> damages) {
        this.source = source;
        this.damages = damages;
    }

    /** Null when it was not found. */
    @Nullable
    Name of(int digest) {
        return names.get(digest);
    }

    /** Looks for what some digests stand for in a snapshot. */
    void look(Snapshot snapshot, Set<Integer> wanted) throws RepositoryException {
        var open = new ArrayDeque<Open>();
        for (var root : snapshot.record().roots()) {
            for (var above = root.path().parent(); above.depth() > 0; above = above.parent()) {
                names.putIfAbsent(ChangedPaths.digest(above), new Name(above, above, true));
            }
            meet(root.path(), root.path(), null, root.node(), wanted, open);
        }
        while (!open.isEmpty() && entries < MAX_ENTRIES) {
            try {
                look(open.pop(), wanted, open);
            } catch (DamageException damage) {
                damages.accept(damage);
            }
        }
    }

    private void look(Open directory, Set<Integer> wanted, Deque<Open> open) throws RepositoryException {
        var reader = new TreeReader(source, directory.node.entries());
        for (var entry = reader.next(); entry != null; entry = reader.next()) {
            var path = directory.path.resolve(entry.name());
            boolean isDirectory = entry.node() instanceof Node.Directory;
            var above = directory.folder == null ? directory.path : directory.folder;
            var within = directory.folder == null && isDirectory ? path : above;
            meet(path, within, within, entry.node(), wanted, open);
            entries++;
        }
    }

    private void meet(
            FilePath path,
            FilePath folder,
            @Nullable FilePath within,
            Node node,
            Set<Integer> wanted,
            Deque<Open> open) {
        int digest = ChangedPaths.digest(path);
        if (!wanted.contains(digest)) {
            return;
        }
        boolean isDirectory = node instanceof Node.Directory;
        names.putIfAbsent(digest, new Name(path, folder, isDirectory));
        if (node instanceof Node.Directory directory) {
            open.push(new Open(path, within, directory));
        }
    }
}
