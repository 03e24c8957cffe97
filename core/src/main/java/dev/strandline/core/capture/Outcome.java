package dev.strandline.core.capture;

import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.tree.EncodedNode;
import dev.strandline.core.tree.Node;

/** What came of looking at one entry. */
sealed interface Outcome {
    /**
     * @param contentBytes of a regular file, holes included
     * @param status of the inode when it was looked at
     */
    record Captured(EncodedNode node, long contentBytes, FileStatus status) implements Outcome {
        static Captured of(Node node, FileStatus status) {
            long contentBytes =
                    node instanceof Node.RegularFile file ? file.content().sizeBytes() : 0;
            return new Captured(EncodedNode.of(node), contentBytes, status);
        }
    }

    record Failed(String reason) implements Outcome {}

    record Vanished() implements Outcome {}
}
