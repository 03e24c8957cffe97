package dev.strandline.core.history;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.ChunkReceiver;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RepositoryException;
import java.util.Collection;
import java.util.Map;

/** Some chunks that are in memory, and a source of all others. */
record ReadChunks(Map<ChunkId, byte[]> chunks, ChunkSource others) implements ChunkSource {
    @Override
    public byte[] read(ChunkId id) throws RepositoryException {
        var known = chunks.get(id);
        return known == null ? others.read(id) : known;
    }

    @Override
    public void fetch(Collection<ChunkId> wanted, ChunkReceiver receiver) throws RepositoryException {
        others.fetch(wanted, receiver);
    }

    @Override
    public boolean contains(ChunkId id) throws RepositoryException {
        return chunks.containsKey(id) || others.contains(id);
    }
}
