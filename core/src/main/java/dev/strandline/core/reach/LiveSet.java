package dev.strandline.core.reach;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.ChunkStream;
import java.util.List;
import java.util.Optional;

/**
 * Chunks that something needs, and what is known of where they lead. No chunk is both a directory and a list: they begin with
 * different bytes. Safe for use by several threads.
 */
public interface LiveSet {
    /**
     * Adds a chunk, and what it is encoded against.
     *
     * @throws DamageException when it is not there
     */
    void add(ChunkId chunk) throws RepositoryException;

    /**
     * Adds a chunk that is a whole directory or a whole list, and leads to others.
     *
     * @return whether it was not added as one before; a file may hold the same bytes
     */
    boolean enter(ChunkId chunk) throws RepositoryException;

    /**
     * Adds a directory or list of several chunks, which are added by themselves.
     *
     * @return whether it was not added before
     */
    boolean enter(ChunkStream stream) throws RepositoryException;

    /** What a chunk is known to lead to; empty when it has to be read. */
    Optional<List<Reference>> references(ChunkId chunk) throws RepositoryException;

    /** Remembers what a chunk leads to, which never changes, as long as the chunk is stored. */
    void learn(ChunkId chunk, List<Reference> references) throws RepositoryException;
}
