package dev.strandline.store.testkit;

/** What {@link CrashFileSystem} counts. */
public enum StorageOperation {
    OPEN,
    LIST,
    STATUS,
    READ,
    LOCK,
    WRITE,
    SET_SIZE,
    CREATE_FILE,
    CREATE_DIRECTORY,
    LINK,
    RENAME,
    REMOVE,
    SYNC_FILE,
    SYNC_DIRECTORY;

    /** Whether what a power cut leaves depends on it. */
    public boolean changes() {
        return compareTo(LOCK) > 0;
    }

    /** Whether it may need room on the disk. */
    public boolean takesSpace() {
        return changes() && this != REMOVE;
    }
}
