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
import dev.strandline.core.tree.EncodedNode;
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
    private volatile Presumption presumption;

    Rehearsal(Backend backend, MasterKey key, IndexSource index) {
        this.backend = backend;
        this.key = key;
        this.index = index;
        this.presumption = new Presumption(index);
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
                if (!presumption.presumes(chunk) && !index.get().contains(chunk) && counted.add(chunk)) {
                    addedBytes.add(length);
                }
                return chunk;
            }

            @Override
            public boolean repeat(ChunkId treeChunk) throws RepositoryException {
                return presumption.repeats(treeChunk);
            }
        };
    }

    @Override
    public ChunkSource stored() throws RepositoryException {
        return index.chunks();
    }

    @Override
    public boolean presume(byte[] recalled) throws RepositoryException {
        var recalledBefore = Presumption.of(recalled, index, backend, Set.of());
        presumption = recalledBefore.orElse(presumption);
        return recalledBefore.isPresent();
    }

    @Override
    public boolean holds(EncodedNode file) throws RepositoryException {
        return presumption.holds(file);
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
