package dev.strandline.core.reach;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;

/** Chunks that something needs. Safe for use by several threads. */
public interface LiveSet {
    /**
     * Adds a chunk, and what it is encoded against.
     *
     * @throws DamageException when it is not there
     */
    void add(ChunkId chunk) throws RepositoryException;

    /**
     * Adds a chunk that is a whole directory.
     *
     * @return whether it was not added as one before, so that it has to be walked; a file may hold the same bytes
     */
    boolean addDirectory(ChunkId chunk) throws RepositoryException;
}
