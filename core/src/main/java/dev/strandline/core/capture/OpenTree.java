package dev.strandline.core.capture;

import dev.strandline.core.path.FileName;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.EncodedNode;
import org.jspecify.annotations.Nullable;

/** The tree that is being written of a directory, and what is known of the directory from before. One thread. */
final class OpenTree {
    private final @Nullable OpenTree parent;
    private final DirectoryVisit visit;
    private final TreeWriter writer;
    private final boolean cached;
    private @Nullable EncodedNode priorNode;
    private @Nullable PriorDirectory prior;

    /**
     * @param cached whether the files cache was entered along with it
     * @param priorNode as the parent snapshot had it; of a cached one it is known only at its end
     */
    OpenTree(
            @Nullable OpenTree parent,
            DirectoryVisit visit,
            TreeWriter writer,
            boolean cached,
            @Nullable EncodedNode priorNode,
            @Nullable PriorDirectory prior) {
        this.parent = parent;
        this.visit = visit;
        this.writer = writer;
        this.cached = cached;
        this.priorNode = priorNode;
        this.prior = prior;
    }

    @Nullable
    OpenTree parent() {
        return parent;
    }

    DirectoryVisit visit() {
        return visit;
    }

    TreeWriter writer() {
        return writer;
    }

    boolean isCached() {
        return cached;
    }

    @Nullable
    EncodedNode priorNode() {
        return priorNode;
    }

    void ends(EncodedNode cachedNode) {
        priorNode = cachedNode;
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
