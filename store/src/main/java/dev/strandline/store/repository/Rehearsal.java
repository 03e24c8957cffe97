package dev.strandline.store.repository;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.BaseHint;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.ChunkLane;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.crypto.MasterKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** A session that keeps nothing and counts what would be new. */
final class Rehearsal implements SnapshotWriter {
    private final Backend backend;
    private final MasterKey key;
    private final IndexSource index;
    private final Set<ChunkId> counted = ConcurrentHashMap.newKeySet();
    private final LongAdder addedBytes = new LongAdder();
    private volatile KnownChunks presumed = KnownChunks.NONE;

    Rehearsal(Backend backend, MasterKey key, IndexSource index) {
        this.backend = backend;
        this.key = key;
        this.index = index;
    }

    @Override
    public SnapshotId id() {
        return SnapshotId.of(new byte[SnapshotId.BYTES]);
    }

    @Override
    public ChunkLane openLane() {
        return new ChunkLane() {
            @Override
            public ChunkId store(ChunkKind kind, byte[] data, int offset, int length, BaseHint hint)
                    throws RepositoryException {
                var chunk = key.chunkId(data, offset, length);
                if (!presumed.chunks().contains(chunk) && index.get().find(chunk) == null && counted.add(chunk)) {
                    addedBytes.add(length);
                }
                return chunk;
            }

            @Override
            public boolean repeat(ChunkId treeChunk) {
                return presumed.chunks().contains(treeChunk);
            }
        };
    }

    @Override
    public ChunkSource stored() throws RepositoryException {
        return index.chunks();
    }

    @Override
    public boolean presume(byte[] recalled) throws RepositoryException {
        var known = KnownChunks.recalled(recalled, backend);
        presumed = known.orElse(KnownChunks.NONE);
        return known.isPresent();
    }

    @Override
    public byte[] recall() {
        throw new IllegalStateException("a rehearsal stores nothing that could be recalled");
    }

    @Override
    public void flush() {}

    @Override
    public long addedBytes() {
        return addedBytes.sum();
    }

    @Override
    public long storedBytes() {
        return 0;
    }

    @Override
    public void commit(SnapshotRecord record) {}

    @Override
    public void close() {}
}
