package dev.strandline.core.report;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.ChunkReceiver;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RepositoryException;
import java.util.Collection;

/** A source in which one chunk has been fetched already. */
final class FetchedChunk implements ChunkSource {
    private final ChunkId id;
    private final byte[] data;
    private final ChunkSource rest;

    FetchedChunk(ChunkId id, byte[] data, ChunkSource rest) {
        this.id = id;
        this.data = data;
        this.rest = rest;
    }

    @Override
    public byte[] read(ChunkId chunk) throws RepositoryException {
        return chunk.equals(id) ? data : rest.read(chunk);
    }

    @Override
    public void fetch(Collection<ChunkId> wanted, ChunkReceiver receiver) throws RepositoryException {
        rest.fetch(wanted, receiver);
    }

    @Override
    public boolean contains(ChunkId chunk) throws RepositoryException {
        return rest.contains(chunk);
    }
}
