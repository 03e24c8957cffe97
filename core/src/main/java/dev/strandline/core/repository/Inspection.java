package dev.strandline.core.repository;

import dev.strandline.core.chunk.ChunkId;

/** Looks at the objects of a repository themselves, below chunks and snapshots. Changes nothing. */
public interface Inspection {
    /** Told what is damaged; calls come from several threads, one at a time. */
    interface Listener {
        void damaged(DamageException damage);

        /** This chunk can't be read; {@link #damaged} has told why. */
        void lost(ChunkId chunk);

        /** What is in some object can't be told; {@link #damaged} has told why. Chunks that were in it may be lost. */
        void unlistable();

        /** So many bytes of objects were looked at. */
        void progressed(long bytes);
    }

    /** Looks whether each object is there, is what its name says, and is as long as it should be. */
    void structure(Listener listener) throws RepositoryException;

    /**
     * Reads all frames of some packs and checks every chunk against its id.
     *
     * @param fraction of the packs to read, 0 to 1, chosen at random
     */
    void data(double fraction, Listener listener) throws RepositoryException;

    /** How much the repository holds; damaged objects count with their size alone. */
    default StoredAmounts amounts() throws RepositoryException {
        return amounts(_ -> {});
    }

    /** The same, and tells each chunk that packs hold, of several copies each. */
    StoredAmounts amounts(StoredChunk.Receiver chunks) throws RepositoryException;
}
