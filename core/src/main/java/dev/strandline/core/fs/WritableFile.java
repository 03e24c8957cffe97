package dev.strandline.core.fs;

import java.io.IOException;

/** A regular file open for reading and writing. One thread at a time. */
public interface WritableFile extends ReadableFile {
    /** Writes all bytes at {@code position}. */
    void write(long position, byte[] source, int offset, int length) throws IOException;

    /** Cuts or extends the file, with a hole at its end when extended. */
    void setSize(long sizeBytes) throws IOException;

    /** Content and size are on the disk when this returns (fsync). */
    void sync() throws IOException;

    /**
     * Takes the exclusive kernel lock of this open file (flock) that ends with the process.
     *
     * @return false when another open file holds it
     */
    boolean tryLock() throws IOException;
}
