package dev.strandline.core.testkit;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.chunk.GearTable;
import dev.strandline.core.repository.BaseHint;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.ChunkLane;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.CollectionOptions;
import dev.strandline.core.repository.CollectionReport;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.Inspection;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.SnapshotListing;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.repository.StoredAmounts;
import dev.strandline.core.repository.StoredChunk;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.tree.EncodedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A repository in memory, for the engines' tests. Safe for use by several threads, but for committing. */
public final class MemoryRepository implements Repository {
    private final MemoryChunkStore chunks = new MemoryChunkStore();
    private final GearTable gearTable = gearTable(1);
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final Set<ChunkId> repeated = ConcurrentHashMap.newKeySet();
    private int writerCount;

    /** The same seed gives the same table. */
    public static GearTable gearTable(long seed) {
        byte[] bytes = new byte[GearTable.SEED_BYTES];
        new Random(seed).nextBytes(bytes);
        return new GearTable(bytes);
    }

    @Override
    public String id() {
        return "0".repeat(32);
    }

    @Override
    public GearTable gearTable() {
        return gearTable;
    }

    @Override
    public ChunkId idOf(byte[] data, int offset, int length) {
        return MemoryChunkStore.idOf(data, offset, length);
    }

    /** The tree chunks that writers counted as stored without their bytes. */
    public Set<ChunkId> repeated() {
        return Set.copyOf(repeated);
    }

    @Override
    public SnapshotListing snapshots() {
        return new SnapshotListing(snapshots.stream().sorted(Snapshot.BY_TIME).toList(), List.of(), Set.of());
    }

    @Override
    public Optional<Snapshot> snapshot(SnapshotId id) {
        return snapshots.stream().filter(snapshot -> snapshot.id().equals(id)).findFirst();
    }

    /** Forgets the record of a snapshot, as a disk does. */
    public void lose(SnapshotId id) {
        snapshots.removeIf(snapshot -> snapshot.id().equals(id));
    }

    @Override
    public MemoryChunkStore chunks() {
        return chunks;
    }

    @Override
    public Writer write() {
        return new Writer(new SnapshotId("%064x".formatted(++writerCount)));
    }

    @Override
    public Writer rehearse() {
        return write();
    }

    @Override
    public Inspection inspect() {
        return new Inspection() {
            @Override
            public void structure(Listener listener) {
                listener.progressed(0);
            }

            @Override
            public void data(double fraction, Listener listener) {
                Stream.of(ChunkKind.values())
                        .flatMap(kind -> chunks.ids(kind).stream())
                        .forEach(id -> inspect(id, listener));
            }

            private void inspect(ChunkId id, Listener listener) {
                try {
                    listener.progressed(chunks.read(id).length);
                } catch (DamageException damage) {
                    listener.damaged(damage);
                    listener.lost(id);
                }
            }

            @Override
            public StoredAmounts amounts(StoredChunk.Receiver chunks) {
                throw new IllegalStateException("no engine asks for amounts");
            }
        };
    }

    @Override
    public void forget(Collection<SnapshotId> ids) {
        snapshots.removeIf(snapshot -> ids.contains(snapshot.id()));
    }

    @Override
    public SnapshotListing newest(int count, Predicate<Snapshot> wanted) {
        var chosen = snapshots().snapshots().stream().filter(wanted).toList();
        return new SnapshotListing(
                chosen.subList(Math.max(0, chosen.size() - count), chosen.size()), List.of(), Set.of());
    }

    @Override
    public boolean isCollectionDue() {
        return false;
    }

    @Override
    public Map<SnapshotId, Long> exclusiveBytes(List<Snapshot> snapshots, Duration patience) {
        throw new IllegalStateException("no engine asks");
    }

    @Override
    public long[] weigh(List<Snapshot> snapshots, Runnable pulse) {
        throw new IllegalStateException("no engine weighs");
    }

    @Override
    public CollectionReport collect(CollectionOptions options, Runnable pulse) {
        throw new IllegalStateException("no engine collects garbage");
    }

    @Override
    public void close() {}

    /** Stores at once; only the record waits for the commit. */
    public final class Writer implements SnapshotWriter {
        private final SnapshotId id;
        private final long addedBefore = chunks.addedBytes();

        private Writer(SnapshotId id) {
            this.id = id;
        }

        @Override
        public SnapshotId id() {
            return id;
        }

        @Override
        public ChunkLane openLane() {
            return new ChunkLane() {
                @Override
                public ChunkId store(ChunkKind kind, byte[] data, int offset, int length, BaseHint hint) {
                    return chunks.store(kind, data, offset, length);
                }

                @Override
                public boolean repeat(ChunkId treeChunk) {
                    repeated.add(treeChunk);
                    return true;
                }
            };
        }

        @Override
        public ChunkSource stored() {
            return chunks;
        }

        @Override
        public boolean presume(byte[] recalled) {
            return true;
        }

        @Override
        public boolean holds(EncodedNode file) {
            return true;
        }

        @Override
        public byte[] recall() {
            return new byte[] {1, 2, 3};
        }

        @Override
        public void flush() {}

        @Override
        public long addedBytes() {
            return chunks.addedBytes() - addedBefore;
        }

        @Override
        public long storedBytes() {
            return addedBytes();
        }

        @Override
        public void commit(SnapshotRecord record) {
            snapshots.add(new Snapshot(id, record));
        }

        @Override
        public void close() {}
    }
}
