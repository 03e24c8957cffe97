package dev.strandline.core.fs;

import java.io.Closeable;
import java.io.IOException;

/** A file or FIFO open for reading forwards, whatever size it says it has. One thread. */
public interface NamedFile extends Closeable {
    FileStatus status() throws IOException;

    /**
     * Reads what comes next, waiting for it.
     *
     * @return the number of bytes read, 0 at the end
     */
    int read(byte[] target, int offset, int length) throws IOException;

    @Override
    void close();
}
