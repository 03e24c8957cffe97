package dev.strandline.core.capture;

import dev.strandline.core.tree.Node;

/** What came of looking at one entry. */
sealed interface Outcome {
    record Captured(Node node) implements Outcome {}

    record Failed(String reason) implements Outcome {}

    record Vanished() implements Outcome {}
}
