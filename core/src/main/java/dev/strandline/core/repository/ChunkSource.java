package dev.strandline.core.repository;

import dev.strandline.core.chunk.ChunkId;
import java.util.Collection;

/** Reads chunks back. Whatever it hands out has been checked against its id. Safe for use by several threads. */
public interface ChunkSource {
    /**
     * One chunk's plaintext; the array must not be changed.
     *
     * @throws DamageException when it is missing or not what was stored
     */
    byte[] read(ChunkId id) throws RepositoryException;

    /**
     * Reads many chunks in whatever order is cheapest, on several threads, each frame opened once; returns when each of
     * {@code wanted} was handed to {@code receiver}, once. Stops early, rethrowing, when the receiver throws.
     */
    void fetch(Collection<ChunkId> wanted, ChunkReceiver receiver) throws RepositoryException;

    /** Whether the repository's index and pack list promise this chunk. Reads no content. */
    boolean contains(ChunkId id) throws RepositoryException;
}
