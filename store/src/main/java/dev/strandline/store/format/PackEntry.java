package dev.strandline.store.format;

import dev.strandline.core.chunk.ChunkId;

/** A chunk in a frame: the frame's plain bytes are its chunks one after another. */
public record PackEntry(ChunkId id, int length) {
    public PackEntry {
        if (length <= 0) {
            throw new IllegalArgumentException("a chunk of " + length + " bytes");
        }
    }
}
