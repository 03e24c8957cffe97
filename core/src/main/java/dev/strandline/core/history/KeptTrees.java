package dev.strandline.core.history;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.BaseHint;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.ChunkLane;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.ChangedPaths;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.tree.EncodedNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A writer that remembers the trees that are captured with it, so that they can be compared with those of a snapshot before
 * they are stored, or although they never will be. Memory is the encoded trees, up to a limit.
 */
public final class KeptTrees implements SnapshotWriter {
    private final SnapshotWriter writer;
    private final long maximumBytes;
    private final Map<ChunkId, byte[]> trees = new ConcurrentHashMap<>();
    private final AtomicLong keptBytes = new AtomicLong();

    /** @param writer does everything else */
    public KeptTrees(SnapshotWriter writer) {
        this(writer, Long.MAX_VALUE);
    }

    /** @param maximumBytes of trees that are remembered; with more, what has changed can't be told */
    public KeptTrees(SnapshotWriter writer, long maximumBytes) {
        this.writer = writer;
        this.maximumBytes = maximumBytes;
    }

    /**
     * What captured roots have different from a snapshot, directories above included; empty when that is not known, or too
     * much.
     */
    public Optional<ChangedPaths> changesSince(Snapshot before, List<SnapshotRoot> roots) throws RepositoryException {
        if (keptBytes.get() > maximumBytes) {
            return Optional.empty();
        }
        var changed = new HashSet<FilePath>();
        try {
            new SnapshotDifference(over(writer.stored()), change -> {
                        for (var path = change.path(); path.depth() > 0; path = path.parent()) {
                            changed.add(path);
                        }
                    })
                    .until(() -> changed.size() > ChangedPaths.MAX_PATHS)
                    .between(SnapshotDifference.nodes(before.record().roots()), SnapshotDifference.nodes(roots));
        } catch (DamageException _) {
            // It is only for speed.
            return Optional.empty();
        }
        return changed.size() > ChangedPaths.MAX_PATHS ? Optional.empty() : Optional.of(ChangedPaths.of(changed));
    }

    /** The remembered trees, and what is stored. */
    public ChunkSource over(ChunkSource stored) {
        return new ReadChunks(trees, stored);
    }

    @Override
    public ChunkLane openLane() {
        var lane = writer.openLane();
        return new ChunkLane() {
            @Override
            public ChunkId store(ChunkKind kind, byte[] data, int offset, int length, BaseHint hint)
                    throws RepositoryException {
                var id = lane.store(kind, data, offset, length, hint);
                if (kind == ChunkKind.TREE && keptBytes.addAndGet(length) <= maximumBytes) {
                    trees.computeIfAbsent(id, _ -> Arrays.copyOfRange(data, offset, offset + length));
                }
                return id;
            }

            @Override
            public boolean repeat(ChunkId treeChunk) throws RepositoryException {
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
    public boolean holds(EncodedNode file) throws RepositoryException {
        return writer.holds(file);
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
