package dev.strandline.core.restore;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.tree.Node;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is being filled. It gets its own metadata and is closed when the last of its users lets go: the walk
 * that is in it, each file not yet complete, each subdirectory. So that happens bottom-up, whichever thread is last.
 */
final class RestoringDirectory {
    private static final int MODE_ABOVE = 0755;

    private final @Nullable RestoringDirectory parent;
    private final FilePath path;
    private final Directory directory;
    private final Node.@Nullable Directory node;
    private final MetadataWriter metadata;
    private final AtomicInteger users = new AtomicInteger(1);

    /**
     * The maker is its first user.
     *
     * @param parent null for the target
     * @param node null for a directory above what was captured
     */
    RestoringDirectory(
            @Nullable RestoringDirectory parent,
            FilePath path,
            Directory directory,
            Node.@Nullable Directory node,
            MetadataWriter metadata) {
        this.parent = parent == null ? null : parent.retain();
        this.path = path;
        this.directory = directory;
        this.node = node;
        this.metadata = metadata;
    }

    Directory get() {
        return directory;
    }

    RestoringDirectory retain() {
        users.incrementAndGet();
        return this;
    }

    void release() {
        if (users.decrementAndGet() > 0) {
            return;
        }
        if (node != null) {
            metadata.write(path, directory, node);
        } else if (parent != null) {
            metadata.setModeAbove(path, directory, MODE_ABOVE);
        }
        directory.close();
        if (parent != null) {
            parent.release();
        }
    }

    /** Closes it as it is, and those above it. */
    void abandon() {
        for (var level = this; level != null; level = level.parent) {
            level.directory.close();
        }
    }
}
