package dev.strandline.core.tree;

import dev.strandline.core.chunk.ChunkId;

/** A piece of a stream: a chunk, or a hole that reads as zeros and takes no space. */
public sealed interface Extent {
    long lengthBytes();

    record Chunk(ChunkId id, int length) implements Extent {
        public Chunk {
            if (length <= 0) {
                throw new IllegalArgumentException("a chunk of " + length + " bytes");
            }
        }

        @Override
        public long lengthBytes() {
            return length;
        }
    }

    record Hole(long lengthBytes) implements Extent {
        public Hole {
            if (lengthBytes <= 0) {
                throw new IllegalArgumentException("a hole of " + lengthBytes + " bytes");
            }
        }
    }
}
