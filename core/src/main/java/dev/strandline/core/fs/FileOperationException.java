package dev.strandline.core.fs;

import java.io.IOException;

/** A system call failed: which, on what, and why. */
public final class FileOperationException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /**
     * @param call the system call's name, such as {@code openat}
     * @param subject what it was called on, safe to print
     * @param errnoNumber what the kernel answered
     */
    public FileOperationException(String call, String subject, int errnoNumber) {
        super(subject + ": " + describe(errnoNumber) + " (" + call + ")");
        this.errno = Errno.of(errnoNumber);
    }

    private static String describe(int errnoNumber) {
        Errno known = Errno.of(errnoNumber);
        return known == Errno.OTHER ? "error " + errnoNumber : known.text();
    }

    public Errno errno() {
        return errno;
    }

    /** Whether the cause is a disk without room: full, over quota, or a file larger than it takes. */
    public boolean isOutOfSpace() {
        return errno == Errno.ENOSPC || errno == Errno.EDQUOT;
    }
}
