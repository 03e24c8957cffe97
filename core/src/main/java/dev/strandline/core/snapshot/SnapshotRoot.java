package dev.strandline.core.snapshot;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.tree.Node;

/** A captured path and what stood there. */
public record SnapshotRoot(FilePath path, Node node) {
    public SnapshotRoot {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("a captured path must be absolute: " + path);
        }
    }
}
