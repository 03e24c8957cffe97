package dev.strandline.core.fs;

import java.io.Closeable;
import java.io.IOException;

/** A regular file open for reading. One thread at a time. */
public interface ReadableFile extends AttributeTarget, Closeable {
    /**
     * Reads up to {@code length} bytes at {@code position}, fewer only at the end of the file.
     *
     * @return the number of bytes read, 0 at the end
     */
    int read(long position, byte[] target, int offset, int length) throws IOException;

    /** The first position at or after {@code position} that holds data, or -1 when only a hole follows. */
    long nextData(long position) throws IOException;

    /** The first position at or after {@code position} that lies in a hole; the end of the file counts as one. */
    long nextHole(long position) throws IOException;

    @Override
    void close();
}
