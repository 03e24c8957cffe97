package dev.strandline.store.repository;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.chunk.GearTable;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.repository.CollectionOptions;
import dev.strandline.core.repository.CollectionReport;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.Inspection;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotListing;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.repository.StorageException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.catalog.SmallObjects;
import dev.strandline.store.catalog.SnapshotRecords;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.gc.Census;
import dev.strandline.store.gc.Collector;
import dev.strandline.store.gc.Weights;
import dev.strandline.store.index.ChunkIndex;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A repository, unlocked. The index is opened when something first needs it. */
final class OpenRepository implements Repository {
    /** Brings an index up to date with what a backend holds. */
    interface IndexOpening {
        ChunkIndex open(Backend backend, MasterKey key) throws RepositoryException;

        /** Whether there is one, so that it needn't be built. */
        default boolean isBuilt() {
            return true;
        }
    }

    /** Room for what a collection writes on a full disk: notes, a generation, and what segments list. */
    static final long MIN_RESERVE_BYTES = 256 << 10;

    private static final long MAX_RESERVE_BYTES = 16 << 20;
    private static final long RESERVE_DIVISOR = 256;

    private final SmallObjects objects;
    private final Backend backend;
    private final MasterKey key;
    private final SnapshotRecords records;
    private final IndexOpening opening;
    private final Clock clock;
    private final int workerCount;
    private final long packTargetBytes;
    private Set<ObjectName> condemned = Set.of(); // guarded by this
    private @Nullable ChunkIndex index; // guarded by this
    private @Nullable PackChunkSource chunks; // guarded by this

    OpenRepository(
            Backend backend,
            MasterKey key,
            IndexOpening opening,
            Clock clock,
            RandomGenerator random,
            int workerCount,
            long packTargetBytes) {
        this.objects = new SmallObjects(backend, key, random);
        this.backend = backend;
        this.key = key;
        this.records = new SnapshotRecords(objects);
        this.opening = opening;
        this.clock = clock;
        this.workerCount = workerCount;
        this.packTargetBytes = packTargetBytes;
    }

    @Override
    public String id() {
        return key.repository().hex();
    }

    @Override
    public GearTable gearTable() {
        return key.gearTable();
    }

    @Override
    public ChunkId idOf(byte[] data, int offset, int length) {
        return key.chunkId(data, offset, length);
    }

    @Override
    public SnapshotListing snapshots() throws RepositoryException {
        return records.list(workerCount);
    }

    @Override
    public SnapshotListing newest(int count, Predicate<Snapshot> wanted) throws RepositoryException {
        return records.newest(count, wanted, workerCount);
    }

    @Override
    public Optional<Snapshot> snapshot(SnapshotId id) throws RepositoryException {
        return records.find(id);
    }

    @Override
    public void forget(Collection<SnapshotId> ids) throws RepositoryException {
        onFullDiskToo(() -> {
            records.forget(ids);
            return 0;
        });
    }

    private interface Work<T> {
        T run() throws RepositoryException;
    }

    /** Does what frees space in the end, once more with the room that was kept for a full disk. */
    private <T> T onFullDiskToo(Work<T> work) throws RepositoryException {
        try {
            return work.run();
        } catch (StorageException e) {
            boolean isFull = e.getCause() instanceof FileOperationException failure && failure.isOutOfSpace();
            if (!isFull || !backend.spendReserve()) {
                throw e;
            }
            return work.run();
        }
    }

    @Override
    public CollectionReport collect(CollectionOptions options, Runnable pulse) throws RepositoryException {
        backend.removeAbandoned(clock);
        var report = onFullDiskToo(
                () -> new Collector(objects, records, index(), chunks(), clock, workerCount, packTargetBytes)
                        .run(options, pulse));
        if (!options.dryRun()) {
            backend.keepReserve(
                    Math.clamp(report.packBytesBefore() / RESERVE_DIVISOR, MIN_RESERVE_BYTES, MAX_RESERVE_BYTES));
        }
        return report;
    }

    @Override
    public boolean isCollectionDue() throws RepositoryException {
        return Collector.isDue(backend);
    }

    @Override
    public long[] weigh(List<Snapshot> snapshots, Runnable pulse) throws RepositoryException {
        return Weights.of(snapshots, index(), chunks(), pulse);
    }

    @Override
    public Map<SnapshotId, Long> exclusiveBytes(List<Snapshot> snapshots, Duration patience)
            throws RepositoryException {
        var bytes = new HashMap<SnapshotId, Long>();
        if (snapshots.isEmpty() || (openedIndex().isEmpty() && !opening.isBuilt())) {
            return bytes;
        }
        long begin = System.nanoTime();
        try {
            var census = Census.take(objects, records, index(), chunks(), workerCount, () -> {
                if (System.nanoTime() - begin > patience.toNanos()) {
                    throw new OutOfPatienceException();
                }
            });
            for (var snapshot : snapshots.reversed()) {
                bytes.put(snapshot.id(), census.exclusiveBytes(snapshot));
            }
            return bytes;
        } catch (OutOfPatienceException _) {
            return bytes;
        } catch (DamageException _) {
            // Those who need what is damaged tell it.
            return Map.of();
        }
    }

    private static final class OutOfPatienceException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public synchronized PackChunkSource chunks() throws RepositoryException {
        if (chunks == null) {
            chunks = new PackChunkSource(backend, key, index(), workerCount);
        }
        return chunks;
    }

    private synchronized ChunkIndex index() throws RepositoryException {
        if (index == null) {
            var opened = opening.open(backend, key);
            opened.avoid(condemned);
            index = opened;
        }
        return index;
    }

    private synchronized void avoid(Set<ObjectName> names) throws RepositoryException {
        condemned = names;
        if (index != null) {
            index.avoid(names);
            index.refresh();
        }
    }

    private synchronized Optional<ChunkIndex> openedIndex() {
        return Optional.ofNullable(index);
    }

    private IndexSource indexSource() {
        return new IndexSource() {
            @Override
            public ChunkIndex get() throws RepositoryException {
                return index();
            }

            @Override
            public PackChunkSource chunks() throws RepositoryException {
                return OpenRepository.this.chunks();
            }

            @Override
            public Optional<ChunkIndex> opened() {
                return openedIndex();
            }

            @Override
            public void avoid(Set<ObjectName> names) throws RepositoryException {
                OpenRepository.this.avoid(names);
            }
        };
    }

    @Override
    public SnapshotWriter write() throws RepositoryException {
        backend.removeAbandoned(clock);
        return PackSession.begin(objects, indexSource(), packTargetBytes, clock);
    }

    @Override
    public SnapshotWriter rehearse() throws RepositoryException {
        return new Rehearsal(backend, key, indexSource());
    }

    @Override
    public Inspection inspect() {
        return new PackInspection(objects, workerCount, indexSource());
    }

    @Override
    public synchronized void close() {
        if (index != null) {
            index.close();
        }
        backend.close();
    }
}
