package dev.strandline.core.capture;

import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.tree.Node;

/** What came of looking at one entry. */
sealed interface Outcome {
    /** @param status of the inode when it was looked at */
    record Captured(Node node, FileStatus status) implements Outcome {}

    record Failed(String reason) implements Outcome {}

    record Vanished() implements Outcome {}
}
