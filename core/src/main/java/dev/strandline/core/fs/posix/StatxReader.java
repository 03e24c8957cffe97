package dev.strandline.core.fs.posix;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;

/** The system call {@code statx}, whose structure is laid out the same on every (little-endian) processor. */
final class StatxReader {
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_NO_AUTOMOUNT = 0x800;
    static final int AT_EMPTY_PATH = 0x1000;

    private static final int STATX_BASIC_STATS = 0x7ff;

    private static final int LINK_COUNT = 16;
    private static final int UID = 20;
    private static final int GID = 24;
    private static final int MODE = 28;
    private static final int INODE = 32;
    private static final int SIZE = 40;
    private static final int BLOCKS = 48;
    private static final int CHANGED = 96;
    private static final int MODIFIED = 112;
    private static final int SPECIAL_MAJOR = 128;
    private static final int SPECIAL_MINOR = 132;
    private static final int DEVICE_MAJOR = 136;
    private static final int DEVICE_MINOR = 140;
    private static final int WORDS = 18;

    /** The unit of {@link #BLOCKS}, whatever the file system's own blocks are. */
    private static final int BLOCK_BYTES = 512;

    /** It has two bytes. */
    private static final int MODE_BITS = 0xffff;

    private static final int TYPE_MASK = 0170000;
    private static final int MODE_MASK = 07777;

    private StatxReader() {}

    /** The status of the inode that {@code nameAddress} below {@code descriptor} leads to. */
    static FileStatus status(Kernel kernel, Subject subject, int descriptor, long nameAddress, int flags)
            throws FileOperationException {
        long _ = kernel.call(
                SystemCall.STATX,
                subject,
                descriptor,
                nameAddress,
                flags | AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT,
                STATX_BASIC_STATS,
                kernel.structure().address());
        return decode(kernel.structureWords(WORDS), subject);
    }

    private static FileStatus decode(long[] structure, Subject subject) throws FileOperationException {
        int mode = integer(structure, MODE) & MODE_BITS;
        var type = typeOf(mode & TYPE_MASK, subject);
        boolean device = type == FileType.CHARACTER_DEVICE || type == FileType.BLOCK_DEVICE;
        return new FileStatus(
                type,
                mode & MODE_MASK,
                integer(structure, UID),
                integer(structure, GID),
                word(structure, SIZE),
                time(structure, MODIFIED),
                time(structure, CHANGED),
                Integer.toUnsignedLong(integer(structure, DEVICE_MAJOR)) << 32
                        | Integer.toUnsignedLong(integer(structure, DEVICE_MINOR)),
                word(structure, INODE),
                integer(structure, LINK_COUNT),
                device ? integer(structure, SPECIAL_MAJOR) : 0,
                device ? integer(structure, SPECIAL_MINOR) : 0,
                word(structure, BLOCKS) * BLOCK_BYTES);
    }

    private static FileType typeOf(int typeBits, Subject subject) throws FileOperationException {
        return switch (typeBits) {
            case 0100000 -> FileType.REGULAR;
            case 0040000 -> FileType.DIRECTORY;
            case 0120000 -> FileType.SYMLINK;
            case 0010000 -> FileType.FIFO;
            case 0140000 -> FileType.SOCKET;
            case 0020000 -> FileType.CHARACTER_DEVICE;
            case 0060000 -> FileType.BLOCK_DEVICE;
            default -> throw Kernel.failure(SystemCall.STATX, subject, Errno.EINVAL);
        };
    }

    private static long word(long[] structure, int offset) {
        return structure[offset / Long.BYTES];
    }

    private static int integer(long[] structure, int offset) {
        long word = word(structure, offset);
        return (int) (offset % Long.BYTES == 0 ? word : word >>> Integer.SIZE);
    }

    private static FileTime time(long[] structure, int offset) {
        return new FileTime(word(structure, offset), integer(structure, offset + Long.BYTES));
    }
}
