package dev.strandline.store.backend;

import dev.strandline.core.repository.StorageException;

/**
 * An object that is being written. Nobody sees it before {@link #publish}; closed without, it leaves nothing. One
 * thread.
 */
public interface ObjectWriter extends AutoCloseable {
    void write(byte[] data, int offset, int length) throws StorageException;

    /** The bytes written so far survive a power cut when this returns. */
    void sync() throws StorageException;

    /**
     * Makes the object visible under its name, for good: the name survives a power cut when this returns. What was not
     * synced before may not.
     *
     * @return false when there is an object of that name already, which is left as it is
     */
    boolean publish() throws StorageException;

    @Override
    void close();
}
