package dev.strandline.core.repository;

import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.tree.EncodedNode;

/**
 * A run that adds to a repository. Until {@link #commit} nothing it wrote is visible, and {@link #close} without a
 * commit leaves no snapshot behind (packs that were complete are reused by the next run).
 */
public interface SnapshotWriter extends AutoCloseable {
    /** The id that the snapshot will have. */
    SnapshotId id();

    /** A lane for one thread. Safe for use by several threads. */
    ChunkLane openLane();

    /** Reads what was stored before this run. */
    ChunkSource stored() throws RepositoryException;

    /**
     * Lets this run take for stored what an earlier run, that was committed, has stored or found stored, without asking
     * the index.
     *
     * @param recalled from that run's {@link #recall}
     * @return false when that is not what a run recalled: then nothing may be presumed, file contents included
     */
    boolean presume(byte[] recalled) throws RepositoryException;

    /**
     * Whether the content of a file, as the run captured it whose memory this one presumes, is still stored: after a garbage
     * collection not all of it need be.
     */
    boolean holds(EncodedNode file) throws RepositoryException;

    /** What a later run may presume, in a form of the writer's own; call after the commit. */
    byte[] recall();

    /** Writes everything stored so far to the backend; no lane may be in use. */
    void flush() throws RepositoryException;

    /** Plain bytes of the chunks that were new so far. */
    long addedBytes();

    /** What these take in the repository; final after {@link #flush}. */
    long storedBytes();

    /** Publishes the snapshot; it survives a power cut from the moment this returns. */
    void commit(SnapshotRecord record) throws RepositoryException;

    @Override
    void close() throws RepositoryException;
}
