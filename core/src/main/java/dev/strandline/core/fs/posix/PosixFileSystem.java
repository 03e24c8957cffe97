package dev.strandline.core.fs.posix;

import static dev.strandline.core.fs.posix.OpenFlags.O_CLOEXEC;
import static dev.strandline.core.fs.posix.OpenFlags.O_DIRECTORY;
import static dev.strandline.core.fs.posix.OpenFlags.O_NOCTTY;
import static dev.strandline.core.fs.posix.OpenFlags.O_NOFOLLOW;
import static dev.strandline.core.fs.posix.OpenFlags.O_PATH;
import static dev.strandline.core.fs.posix.OpenFlags.O_RDONLY;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.NamedFile;
import dev.strandline.core.path.FilePath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file system of a Linux host. */
public final class PosixFileSystem implements HostFileSystem {
    private static final int AT_FDCWD = -100;
    private static final int TCGETS = 0x5401;
    private static final int RLIMIT_NOFILE = 7;

    private final boolean hasWorkingDirectory;
    private volatile @Nullable FilePath workingDirectory; // which nobody changes

    private PosixFileSystem(boolean hasWorkingDirectory) {
        this.hasWorkingDirectory = hasWorkingDirectory;
    }

    /**
     * The one of this host.
     *
     * @throws UnsupportedPlatformException on anything but Linux on x86-64 or aarch64
     */
    public static PosixFileSystem open() {
        return open(true);
    }

    /** @param hasWorkingDirectory false where the caller's was deleted, so that relative paths lead nowhere */
    public static PosixFileSystem open(boolean hasWorkingDirectory) {
        var _ = Architecture.current();
        return new PosixFileSystem(hasWorkingDirectory);
    }

    /**
     * Links the native function, which takes 60 ms at its first use. Optional: for a thread that would have nothing else to
     * do while a command starts.
     */
    public static void prepare() {
        var _ = Kernel.current();
    }

    @Override
    public Directory openDirectory(FilePath path) throws FileOperationException {
        return new PosixDirectory(path, open(path, O_RDONLY | O_DIRECTORY));
    }

    @Override
    public NamedFile openNamed(FilePath path) throws FileOperationException {
        return new PosixNamedFile(path, open(path, O_RDONLY | O_NOCTTY));
    }

    @Override
    public FileStatus status(FilePath path) throws FileOperationException {
        try (var held = new PosixNamedFile(path, open(path, O_PATH))) {
            return held.status();
        }
    }

    @Override
    public Optional<FilePath> linkTarget(FilePath path) throws FileOperationException {
        try (var held = new PosixNamedFile(path, open(path, O_PATH | O_NOFOLLOW))) {
            return held.linkTarget();
        } catch (FileOperationException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** @param flags of the last component; the ones before are followed */
    private static int open(FilePath path, int flags) throws FileOperationException {
        byte[] bytes = path.toBytes();
        int directory = AT_FDCWD;
        int start = 0;
        while (true) {
            int end = endOfPiece(bytes, start);
            boolean last = end == bytes.length;
            int opened;
            try {
                opened = openPiece(
                        directory, Arrays.copyOfRange(bytes, start, end), last ? flags : O_PATH | O_DIRECTORY, path);
            } finally {
                if (directory != AT_FDCWD) {
                    Kernel.current().close(directory);
                }
            }
            if (last) {
                return opened;
            }
            directory = opened;
            start = end + 1;
        }
    }

    /** Where the longest run of whole components from {@code start} ends that one system call takes. */
    private static int endOfPiece(byte[] path, int start) {
        if (path.length - start < Kernel.PATH_LENGTH_LIMIT) {
            return path.length;
        }
        for (int end = start + Kernel.PATH_LENGTH_LIMIT - 1; end > start; end--) {
            if (path[end] == '/') {
                return end;
            }
        }
        return path.length; // a single component, too long for the kernel
    }

    private static int openPiece(int directory, byte[] piece, int flags, FilePath path) throws FileOperationException {
        var kernel = Kernel.current();
        long pieceAddress = kernel.text(piece, SystemCall.OPENAT, path::display);
        return (int) kernel.call(SystemCall.OPENAT, path::display, directory, pieceAddress, flags | O_CLOEXEC);
    }

    @Override
    public FilePath workingDirectory() throws FileOperationException {
        var known = workingDirectory;
        if (known == null) {
            known = askWorkingDirectory();
            workingDirectory = known;
        }
        return known;
    }

    private FilePath askWorkingDirectory() throws FileOperationException {
        var kernel = Kernel.current();
        Subject subject = () -> "the working directory";
        if (!hasWorkingDirectory) {
            throw Kernel.failure(SystemCall.GETCWD, subject, Errno.ENOENT);
        }
        var records = kernel.records();
        int length = (int) kernel.call(SystemCall.GETCWD, subject, records.address(), Kernel.PATH_LENGTH_LIMIT, 0) - 1;
        var bytes = new byte[length];
        MemorySegment.copy(records, ValueLayout.JAVA_BYTE, 0, bytes, 0, length);
        var path = FilePath.of(bytes);
        if (!path.isAbsolute()) {
            // The kernel writes "(unreachable)" in front of one that lies outside the root directory.
            throw Kernel.failure(SystemCall.GETCWD, subject, Errno.ENOENT);
        }
        return path;
    }

    @Override
    public int effectiveUserId() {
        return (int) Kernel.current().attempt(SystemCall.GETEUID, 0, 0, 0, 0, 0);
    }

    @Override
    public int maxDescriptors() {
        var kernel = Kernel.current();
        var limits = kernel.structure(); // struct rlimit64: the limit in force, and how far it may be raised
        if (kernel.attempt(SystemCall.PRLIMIT64, 0, RLIMIT_NOFILE, 0, limits.address(), 0) < 0) {
            throw new IllegalStateException("a process can always ask for its own limits");
        }
        long unsigned = limits.get(ValueLayout.JAVA_LONG, 0);
        return unsigned < 0 ? Integer.MAX_VALUE : (int) Math.min(unsigned, Integer.MAX_VALUE);
    }

    @Override
    public boolean isTerminal(int descriptor) {
        var kernel = Kernel.current();
        long settings = kernel.structure().address();
        return kernel.attempt(SystemCall.IOCTL, descriptor, TCGETS, settings, 0, 0) == 0;
    }
}
