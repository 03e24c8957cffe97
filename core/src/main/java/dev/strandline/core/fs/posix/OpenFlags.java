package dev.strandline.core.fs.posix;

/** The {@code O_*} flags of {@code openat} (Linux {@code fcntl.h}). */
final class OpenFlags {
    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0100;
    static final int O_EXCL = 0200;
    static final int O_NOCTTY = 0400;
    static final int O_NONBLOCK = 04000;
    static final int O_NOATIME = 01000000;
    static final int O_CLOEXEC = 02000000;
    static final int O_PATH = 010000000;
    static final int O_DIRECTORY = Architecture.current().directoryFlag;
    static final int O_NOFOLLOW = Architecture.current().noFollowFlag;

    private OpenFlags() {}
}
