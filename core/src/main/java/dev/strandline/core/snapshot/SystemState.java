package dev.strandline.core.snapshot;

import dev.strandline.core.path.FileName;
import dev.strandline.core.tree.Node;

/**
 * What a command printed when a snapshot was taken: a piece of the system's state beside its files.
 *
 * @param problem why the output is not, or not all, of what was to be told, such as its exit code; empty when all is well
 * @param output stdout and stderr as they came
 */
public record SystemState(FileName name, String problem, Node.RegularFile output) {}
