package dev.strandline.core.repository;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.chunk.GearTable;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** An open repository. Safe for use by several threads. */
public interface Repository extends AutoCloseable {
    /** 32 hexadecimal digits. */
    String id();

    GearTable gearTable();

    /** The id that a chunk of these bytes has here. */
    ChunkId idOf(byte[] data, int offset, int length);

    SnapshotListing snapshots() throws RepositoryException;

    /**
     * The newest that are wanted, at most so many, oldest of them first. Reads only as far back as it has to, so damage
     * further back is not told.
     */
    SnapshotListing newest(int count, Predicate<Snapshot> wanted) throws RepositoryException;

    /** One snapshot, empty when there is none of this id or it is damaged. */
    Optional<Snapshot> snapshot(SnapshotId id) throws RepositoryException;

    /**
     * Has snapshots be gone from every list, all of them or none; durable when this returns. What only they need is freed
     * by the next garbage collection.
     */
    void forget(Collection<SnapshotId> ids) throws RepositoryException;

    /**
     * Frees what no snapshot needs. Runs of all kinds may be at work meanwhile.
     *
     * @param pulse called often; what it throws ends the collection, and loses nothing
     * @throws BusyException when another collection is at work
     * @throws DamageException when anything can't be read: then nothing was deleted
     */
    CollectionReport collect(CollectionOptions options, Runnable pulse) throws RepositoryException;

    /** Whether so much has gathered since the last collection that another one is worth its while. Costs a listing. */
    boolean isCollectionDue() throws RepositoryException;

    /**
     * What each of some snapshots adds to those before it, in stored bytes of the frames that hold what it needs. Reads each
     * directory once.
     *
     * @param pulse called often; what it throws ends this
     */
    long[] weigh(List<Snapshot> snapshots, Runnable pulse) throws RepositoryException;

    /**
     * What snapshots hold alone, so that forgetting one of them would free it, in stored bytes. Goes by what is known of the
     * others from before, and looks at those that came since.
     *
     * @param patience how long that may take
     * @return of as many as can be told in this time, from the last on; of none when something can't be read
     */
    Map<SnapshotId, Long> exclusiveBytes(List<Snapshot> snapshots, Duration patience) throws RepositoryException;

    ChunkSource chunks() throws RepositoryException;

    /** Begins a run that adds a snapshot. */
    SnapshotWriter write() throws RepositoryException;

    /** Begins a run that only counts what {@link #write} would add; its commit does nothing. */
    SnapshotWriter rehearse() throws RepositoryException;

    Inspection inspect() throws RepositoryException;

    @Override
    void close();
}
