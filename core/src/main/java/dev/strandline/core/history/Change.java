package dev.strandline.core.history;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.tree.Node;

/** Something that differs between two snapshots, at an absolute path. */
public sealed interface Change {
    FilePath path();

    /** Only the later one has it. */
    record Added(FilePath path, Node node) implements Change {}

    /** Only the earlier one has it. */
    record Removed(FilePath path, Node node) implements Change {}

    /** Both have it: of another type, content or metadata. Of directories, what is in them is told by itself. */
    record Modified(FilePath path, Node before, Node after) implements Change {}
}
