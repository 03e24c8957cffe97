package dev.strandline.core.snapshot;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.tree.EncodedNode;
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

    /** By encodings: for one comparison in every run Java would spin the code of four records. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SnapshotRoot root
                && path.equals(root.path)
                && files.equals(root.files)
                && EncodedNode.of(node).equals(EncodedNode.of(root.node));
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + EncodedNode.of(node).hashCode();
    }
}
