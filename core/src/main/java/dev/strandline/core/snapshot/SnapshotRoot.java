package dev.strandline.core.snapshot;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.tree.Node;
import java.util.OptionalLong;

/**
 * A captured path and what stood there.
 *
 * @param files how many regular files it holds, where that was counted
 */
public record SnapshotRoot(FilePath path, Node node, OptionalLong files) {
    public SnapshotRoot {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("a captured path must be absolute: " + path);
        }
    }

    /** Whose files were not counted. */
    public SnapshotRoot(FilePath path, Node node) {
        this(path, node, OptionalLong.empty());
    }
}
