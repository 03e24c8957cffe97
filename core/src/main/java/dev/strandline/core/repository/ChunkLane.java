package dev.strandline.core.repository;

import dev.strandline.core.chunk.ChunkId;

/**
 * Stores chunks of one thread; what is stored next to each other is kept next to each other. Not safe for use by
 * several threads.
 */
public interface ChunkLane {
    /**
     * Stores a chunk unless the repository has it. Durable only with the commit.
     *
     * @param hint asked only when the chunk is new
     * @return its id
     */
    ChunkId store(ChunkKind kind, byte[] data, int offset, int length, BaseHint hint) throws RepositoryException;

    /**
     * Has a tree's chunk count as stored by this run too, without its bytes.
     *
     * @return false when this run may not presume that it is there, see {@link SnapshotWriter#presume}; then it has to be
     *     stored
     */
    default boolean repeat(ChunkId treeChunk) throws RepositoryException {
        return false;
    }
}
