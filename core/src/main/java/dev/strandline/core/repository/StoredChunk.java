package dev.strandline.core.repository;

import dev.strandline.core.chunk.ChunkId;
import java.util.Optional;

/**
 * A chunk in a pack.
 *
 * @param length of its plain bytes
 * @param storedBytes its share of the frame it is in, by length; all shares of a frame make up the frame
 * @param base the chunk that it is encoded against
 */
public record StoredChunk(ChunkId id, ChunkKind kind, int length, int storedBytes, Optional<ChunkId> base) {
    /** Told of chunks, one at a time. */
    @FunctionalInterface
    public interface Receiver {
        void accept(StoredChunk chunk);
    }
}
