package dev.strandline.core.fs;

import java.io.Closeable;
import java.io.IOException;

/**
 * A directory entry of any type, held without opening it (O_PATH): symbolic links, FIFOs, sockets and devices are only
 * ever touched like this.
 */
public interface EntryHandle extends AttributeTarget, Closeable {
    /** The target of a symbolic link, byte for byte. */
    byte[] readLink() throws IOException;

    @Override
    void close();
}
