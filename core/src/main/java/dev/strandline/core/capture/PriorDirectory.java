package dev.strandline.core.capture;

import dev.strandline.core.browse.TreeReader;
import dev.strandline.core.path.FileName;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.EncodedNode;
import dev.strandline.core.tree.Entry;
import dev.strandline.core.tree.Node;
import org.jspecify.annotations.Nullable;

/** The same directory in the parent snapshot, asked for names in their order. One thread. */
final class PriorDirectory {
    private final TreeReader reader;
    private @Nullable Entry next;
    private boolean started;

    PriorDirectory(ChunkSource source, ChunkStream entries) {
        this.reader = new TreeReader(source, entries);
    }

    /** A directory as the parent snapshot had it; null when it had none. */
    static @Nullable PriorDirectory of(ChunkSource source, @Nullable EncodedNode prior) {
        return prior != null && prior.decode() instanceof Node.Directory(var _, var entries)
                ? new PriorDirectory(source, entries)
                : null;
    }

    /** The node that {@code name} led to, null when there was none. Each call's name is after the one before. */
    @Nullable
    EncodedNode find(FileName name) throws RepositoryException {
        if (!started) {
            started = true;
            next = reader.next();
        }
        while (next != null) {
            int order = next.name().compareTo(name);
            if (order >= 0) {
                return order == 0 ? EncodedNode.of(next.node()) : null;
            }
            next = reader.next();
        }
        return null;
    }
}
