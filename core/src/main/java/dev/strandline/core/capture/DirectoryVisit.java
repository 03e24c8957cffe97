package dev.strandline.core.capture;

import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.SharedDirectory;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory that a walk is in: what is left to look at, and the tree that is being written of it. One thread. */
final class DirectoryVisit {
    private final @Nullable DirectoryVisit parent;
    private final FilePath path;
    private final SharedDirectory directory;
    private final FileStatus status;
    private final Metadata metadata;
    private final TreeWriter tree;
    private final @Nullable Node priorNode;
    private final boolean cached;
    private final byte[] pathInRoot;
    private final List<FileName> names;
    private @Nullable PriorDirectory prior;
    private int next;

    /** @param names in order */
    DirectoryVisit(
            @Nullable DirectoryVisit parent,
            FilePath path,
            SharedDirectory directory,
            FileStatus status,
            Metadata metadata,
            TreeWriter tree,
            @Nullable Node priorNode,
            @Nullable PriorDirectory prior,
            boolean cached,
            List<FileName> names) {
        this.parent = parent;
        this.path = path;
        this.directory = directory;
        this.status = status;
        this.metadata = metadata;
        this.tree = tree;
        this.priorNode = priorNode;
        this.prior = prior;
        this.cached = cached;
        this.names = names;
        this.pathInRoot = parent == null ? new byte[0] : parent.pathInRoot(path.name());
    }

    @Nullable
    DirectoryVisit parent() {
        return parent;
    }

    FilePath path() {
        return path;
    }

    SharedDirectory directory() {
        return directory;
    }

    FileStatus status() {
        return status;
    }

    Metadata metadata() {
        return metadata;
    }

    TreeWriter tree() {
        return tree;
    }

    @Nullable
    Node priorNode() {
        return priorNode;
    }

    /** What the files cache knows it by: the name, of a captured path the whole path. */
    byte[] key() {
        return parent == null ? path.toBytes() : path.name().toBytes();
    }

    /** Whether the files cache was entered along with it. */
    boolean isCached() {
        return cached;
    }

    FilePath pathOf(FileName name) {
        return path.resolve(name);
    }

    /** The path of an entry relative to the captured root, as patterns are matched against it. */
    byte[] pathInRoot(FileName name) {
        int prefix = pathInRoot.length == 0 ? 0 : pathInRoot.length + 1;
        byte[] bytes = new byte[prefix + name.length()];
        System.arraycopy(pathInRoot, 0, bytes, 0, pathInRoot.length);
        if (prefix > 0) {
            bytes[prefix - 1] = '/';
        }
        name.copyTo(bytes, prefix);
        return bytes;
    }

    /** The next name to look at, null when there is none left. */
    @Nullable
    FileName nextName() {
        return next < names.size() ? names.get(next++) : null;
    }

    /** The node that {@code name} led to in the parent snapshot. Names come in order. */
    @Nullable
    Node findPrior(FileName name, CaptureTally tally) {
        if (prior == null) {
            return null;
        }
        try {
            return prior.find(name);
        } catch (RepositoryException unreadable) {
            // What was there before only matters for telling what changed.
            prior = null;
            tally.tell(new CaptureEvent.ParentUnreadable(path, String.valueOf(unreadable.getMessage())));
            return null;
        }
    }
}
