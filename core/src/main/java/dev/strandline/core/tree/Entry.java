package dev.strandline.core.tree;

import dev.strandline.core.path.FileName;

/** A name in a directory and what it leads to. */
public record Entry(FileName name, Node node) {}
