package dev.strandline.core.fs.posix;

import java.util.Locale;

/**
 * The system calls in use with their numbers: x86-64 from {@code arch/x86/entry/syscalls/syscall_64.tbl}, aarch64 from
 * {@code include/uapi/asm-generic/unistd.h} of Linux.
 */
enum SystemCall {
    READ(0, 63),
    CLOSE(3, 57),
    LSEEK(8, 62),
    IOCTL(16, 29),
    PREAD64(17, 67),
    PWRITE64(18, 68),
    EXECVE(59, 221),
    FLOCK(73, 32),
    FSYNC(74, 82),
    FTRUNCATE(77, 46),
    GETCWD(79, 17),
    FCHMOD(91, 52),
    GETEUID(107, 175),
    FSTATFS(138, 44),
    SETXATTR(188, 5),
    FSETXATTR(190, 7),
    GETXATTR(191, 8),
    FGETXATTR(193, 10),
    LISTXATTR(194, 11),
    FLISTXATTR(196, 13),
    REMOVEXATTR(197, 14),
    FREMOVEXATTR(199, 16),
    GETDENTS64(217, 61),
    OPENAT(257, 56),
    MKDIRAT(258, 34),
    MKNODAT(259, 33),
    FCHOWNAT(260, 54),
    UNLINKAT(263, 35),
    LINKAT(265, 37),
    SYMLINKAT(266, 36),
    READLINKAT(267, 78),
    FCHMODAT(268, 53),
    UTIMENSAT(280, 88),
    PRLIMIT64(302, 261),
    RENAMEAT2(316, 276),
    STATX(332, 291),
    OPEN_TREE(428, 428);

    private final int x86Number;
    private final int aarch64Number;
    private final String text;

    SystemCall(int x86Number, int aarch64Number) {
        this.x86Number = x86Number;
        this.aarch64Number = aarch64Number;
        this.text = name().toLowerCase(Locale.ROOT);
    }

    int number(Architecture architecture) {
        return switch (architecture) {
            case X86_64 -> x86Number;
            case AARCH64 -> aarch64Number;
        };
    }

    /** The name as manuals and {@code strace} spell it. */
    String text() {
        return text;
    }
}
