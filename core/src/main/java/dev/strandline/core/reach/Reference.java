package dev.strandline.core.reach;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.tree.ChunkStream;

/** What a directory, or the list of a long file's chunks, leads to directly. */
public sealed interface Reference {
    /** A chunk of a file. */
    record Content(ChunkId chunk) implements Reference {}

    /** A file whose chunks stand in a list of their own. */
    record LongFile(ChunkStream.Indirect content) implements Reference {}

    /** A directory that is not empty. */
    record Directory(ChunkStream entries) implements Reference {}
}
