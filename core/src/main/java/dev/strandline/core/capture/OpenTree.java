package dev.strandline.core.capture;

import dev.strandline.core.path.FileName;
import dev.strandline.core.repository.ChunkLane;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.EncodedNode;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tree that is being written of a directory, and what is known of the directory from before. While all entries are as
 * the files cache has them, they are only kept: where that holds to the end, the tree is the one that is stored already,
 * and neither written nor named again. One thread.
 */
final class OpenTree {
    /** More are not kept, whatever they are. */
    private static final int MAX_KEPT = 4096;

    private record Entry(FileName name, EncodedNode node) {}

    private final @Nullable OpenTree parent;
    private final DirectoryVisit visit;
    private final Supplier<TreeWriter> writers;
    private final @Nullable EarlierCapture cache;
    private final long skippedBefore;
    private @Nullable EncodedNode priorNode;
    private @Nullable PriorDirectory prior;
    private @Nullable List<Entry> kept;
    private @Nullable TreeWriter writer;
    private boolean complete;

    /**
     * @param writers called at most once, and only when the tree has to be written
     * @param cache the files cache, when it was entered along with it
     * @param priorNode as the parent snapshot had it; of a cached one it is known only at its end
     */
    OpenTree(
            @Nullable OpenTree parent,
            DirectoryVisit visit,
            Supplier<TreeWriter> writers,
            @Nullable EarlierCapture cache,
            @Nullable EncodedNode priorNode,
            @Nullable PriorDirectory prior) {
        this.parent = parent;
        this.visit = visit;
        this.writers = writers;
        this.cache = cache;
        this.skippedBefore = cache == null ? 0 : cache.skipped();
        this.priorNode = priorNode;
        this.prior = prior;
        this.kept = cache == null ? null : new ArrayList<>();
    }

    @Nullable
    OpenTree parent() {
        return parent;
    }

    DirectoryVisit visit() {
        return visit;
    }

    /**
     * Adds an entry; names come in order.
     *
     * @param before the same entry as it was, null when there was none
     */
    void add(FileName name, EncodedNode node, @Nullable EncodedNode before) throws RepositoryException {
        if (kept != null && before != null && node.equals(before) && kept.size() < MAX_KEPT) {
            kept.add(new Entry(name, node));
        } else {
            differs();
            writer().add(name, node);
        }
    }

    private TreeWriter writer() {
        if (writer == null) {
            writer = writers.get();
        }
        return writer;
    }

    /** It is not as the files cache has it. */
    void differs() throws RepositoryException {
        if (kept != null) {
            var unwritten = kept;
            kept = null;
            for (var entry : unwritten) {
                writer().add(entry.name(), entry.node());
            }
        }
    }

    /** All entries were added: the stream that holds them. */
    ChunkStream finish(ChunkLane lane, SnapshotWriter repository) throws RepositoryException {
        var before =
                priorNode != null && priorNode.decode() instanceof Node.Directory(var _, var entries) ? entries : null;
        if (complete && kept != null && before != null && isStored(before, lane)) {
            return before;
        }
        differs();
        if (before != null) {
            writer().resembles(new Predecessor(repository, before));
        }
        return writer().finish();
    }

    private static boolean isStored(ChunkStream stream, ChunkLane lane) throws RepositoryException {
        if (!(stream instanceof ChunkStream.Direct(var extents))) {
            return false;
        }
        for (var extent : extents) {
            if (!(extent instanceof Extent.Chunk(var id, int _)) || !lane.repeat(id)) {
                return false;
            }
        }
        return true;
    }

    /** What the files cache has at {@code name}, that is no directory. Names come in order. */
    @Nullable
    CachedEntry findCached(FileName name) {
        return cache == null ? null : cache.find(name);
    }

    /** Goes into the directory {@code name} of the files cache; false when it has none. */
    boolean enterCached(FileName name) {
        return cache != null && cache.enter(name);
    }

    @Nullable
    EncodedNode priorNode() {
        return priorNode;
    }

    /** The walk has left it, and the files cache does too. */
    void leave() {
        if (cache != null) {
            priorNode = cache.leave();
            complete = cache.skipped() == skippedBefore;
        }
    }

    /** What the files cache knows it by: the name, of a captured path the whole path. */
    byte[] key() {
        return parent == null ? visit.path().toBytes() : visit.path().name().toBytes();
    }

    /** The node that {@code name} led to in the parent snapshot. Names come in order. */
    @Nullable
    EncodedNode findPrior(FileName name, CaptureTally tally) {
        if (prior == null) {
            return null;
        }
        try {
            return prior.find(name);
        } catch (RepositoryException unreadable) {
            // What was there before only matters for telling what changed.
            prior = null;
            tally.tell(new CaptureEvent.ParentUnreadable(visit.path(), String.valueOf(unreadable.getMessage())));
            return null;
        }
    }
}
