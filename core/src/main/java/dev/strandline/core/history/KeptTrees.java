package dev.strandline.core.history;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.BaseHint;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.ChunkLane;
import dev.strandline.core.repository.ChunkReceiver;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRecord;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A writer that remembers the trees that are captured with it, so that they can be compared with those of a snapshot before
 * they are stored, or although they never will be. Memory is the encoded trees.
 */
public final class KeptTrees implements SnapshotWriter {
    private final SnapshotWriter writer;
    private final Map<ChunkId, byte[]> trees = new ConcurrentHashMap<>();

    /** @param writer does everything else */
    public KeptTrees(SnapshotWriter writer) {
        this.writer = writer;
    }

    /** The remembered trees, and what is stored. */
    public ChunkSource over(ChunkSource stored) {
        return new ChunkSource() {
            @Override
            public byte[] read(ChunkId id) throws RepositoryException {
                var kept = trees.get(id);
                return kept == null ? stored.read(id) : kept;
            }

            @Override
            public void fetch(Collection<ChunkId> wanted, ChunkReceiver receiver) throws RepositoryException {
                stored.fetch(wanted, receiver);
            }

            @Override
            public boolean contains(ChunkId id) throws RepositoryException {
                return trees.containsKey(id) || stored.contains(id);
            }
        };
    }

    @Override
    public ChunkLane openLane() {
        var lane = writer.openLane();
        return new ChunkLane() {
            @Override
            public ChunkId store(ChunkKind kind, byte[] data, int offset, int length, BaseHint hint)
                    throws RepositoryException {
                var id = lane.store(kind, data, offset, length, hint);
                if (kind == ChunkKind.TREE) {
                    trees.computeIfAbsent(id, _ -> Arrays.copyOfRange(data, offset, offset + length));
                }
                return id;
            }

            @Override
            public boolean repeat(ChunkId treeChunk) {
                return lane.repeat(treeChunk);
            }
        };
    }

    @Override
    public SnapshotId id() {
        return writer.id();
    }

    @Override
    public ChunkSource stored() throws RepositoryException {
        return writer.stored();
    }

    @Override
    public boolean presume(byte[] recalled) throws RepositoryException {
        return writer.presume(recalled);
    }

    @Override
    public byte[] recall() {
        return writer.recall();
    }

    @Override
    public void flush() throws RepositoryException {
        writer.flush();
    }

    @Override
    public long addedBytes() {
        return writer.addedBytes();
    }

    @Override
    public long storedBytes() {
        return writer.storedBytes();
    }

    @Override
    public void commit(SnapshotRecord record) throws RepositoryException {
        writer.commit(record);
    }

    @Override
    public void close() throws RepositoryException {
        writer.close();
    }
}
