package dev.strandline.core.fs;

import java.util.concurrent.atomic.AtomicInteger;

/** A directory that several threads use: it is closed when the last of them lets go. Safe for use by several threads. */
public final class SharedDirectory {
    private final Directory directory;
    private final AtomicInteger users = new AtomicInteger(1);

    /** The maker is its first user. */
    public SharedDirectory(Directory directory) {
        this.directory = directory;
    }

    public Directory get() {
        return directory;
    }

    /** Counts one more user. */
    public SharedDirectory retain() {
        users.incrementAndGet();
        return this;
    }

    /** Counts one user less. */
    public void release() {
        if (users.decrementAndGet() == 0) {
            directory.close();
        }
    }
}
