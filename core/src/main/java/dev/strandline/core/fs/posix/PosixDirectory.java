package dev.strandline.core.fs.posix;

import static dev.strandline.core.fs.posix.OpenFlags.O_CLOEXEC;
import static dev.strandline.core.fs.posix.OpenFlags.O_CREAT;
import static dev.strandline.core.fs.posix.OpenFlags.O_DIRECTORY;
import static dev.strandline.core.fs.posix.OpenFlags.O_EXCL;
import static dev.strandline.core.fs.posix.OpenFlags.O_NOATIME;
import static dev.strandline.core.fs.posix.OpenFlags.O_NOCTTY;
import static dev.strandline.core.fs.posix.OpenFlags.O_NOFOLLOW;
import static dev.strandline.core.fs.posix.OpenFlags.O_NONBLOCK;
import static dev.strandline.core.fs.posix.OpenFlags.O_PATH;
import static dev.strandline.core.fs.posix.OpenFlags.O_RDONLY;
import static dev.strandline.core.fs.posix.OpenFlags.O_RDWR;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.EntryHandle;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.MountTable;
import dev.strandline.core.fs.ReadableFile;
import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** An open directory. Only {@link #list} moves its descriptor's position, so only that takes turns. */
final class PosixDirectory extends Inode implements Directory {
    private static final int NEW_FILE_MODE = 0600;
    private static final int NEW_DIRECTORY_MODE = 0700;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_FDCWD = -100;
    private static final int OPEN_TREE_CLONE = 1;
    private static final int RENAME_NOREPLACE = 1;
    private static final int MAX_MAJOR = 0xfff;
    private static final int MAX_MINOR = 0xfffff;

    private final FilePath path;
    private final Object listing = new Object();
    private boolean listed; // guarded by listing

    PosixDirectory(FilePath path, int descriptor) {
        super(descriptor);
        this.path = path;
    }

    @Override
    boolean isHeldOnly() {
        return false;
    }

    @Override
    public FilePath path() {
        return path;
    }

    @Override
    public List<FileName> list() throws FileOperationException {
        synchronized (listing) {
            boolean again = listed;
            listed = true;
            return DirectoryListing.read(Kernel.current(), this, descriptor(), again);
        }
    }

    @Override
    public FileStatus status(FileName name) throws FileOperationException {
        var kernel = Kernel.current();
        return StatxReader.status(kernel, entry(name), descriptor(), kernel.name(name), 0);
    }

    @Override
    public Directory openDirectory(FileName name) throws FileOperationException {
        return new PosixDirectory(path.resolve(name), open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0));
    }

    @Override
    public ReadableFile openFile(FileName name) throws FileOperationException {
        return openRegular(name, O_RDONLY);
    }

    @Override
    public WritableFile openWritable(FileName name) throws FileOperationException {
        return openRegular(name, O_RDWR);
    }

    private PosixFile openRegular(FileName name, int access) throws FileOperationException {
        var kernel = Kernel.current();
        int directory = descriptor();
        long nameAddress = kernel.name(name);
        int flags = access | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
        long opened = kernel.attempt(SystemCall.OPENAT, directory, nameAddress, flags | O_NOATIME, 0, 0);
        if (Kernel.failedWith(opened, Errno.EPERM)) {
            // Only a file's owner and root may keep its access time untouched.
            opened = kernel.attempt(SystemCall.OPENAT, directory, nameAddress, flags, 0, 0);
        }
        if (opened < 0) {
            throw meansNotRegular(opened) ? notRegular(name) : Kernel.failure(SystemCall.OPENAT, entry(name), opened);
        }
        var file = new PosixFile(path, name, (int) opened);
        boolean regular = false;
        try {
            regular = file.status().type() == FileType.REGULAR;
        } finally {
            if (!regular) {
                file.close();
            }
        }
        if (!regular) {
            throw notRegular(name);
        }
        return file;
    }

    /** How the kernel refuses to open a symbolic link, a directory for writing, a socket, or a device without driver. */
    private static boolean meansNotRegular(long result) {
        return Kernel.failedWith(result, Errno.ELOOP)
                || Kernel.failedWith(result, Errno.EISDIR)
                || Kernel.failedWith(result, Errno.ENXIO)
                || Kernel.failedWith(result, Errno.ENODEV);
    }

    private FileOperationException notRegular(FileName name) {
        Subject subject = () -> entry(name).describe() + " is not a regular file";
        return Kernel.failure(SystemCall.OPENAT, subject, Errno.EINVAL);
    }

    @Override
    public EntryHandle openEntry(FileName name) throws FileOperationException {
        return new PosixEntry(path, name, open(name, O_PATH | O_NOFOLLOW, 0));
    }

    @Override
    public Directory createDirectory(FileName name) throws FileOperationException {
        var kernel = Kernel.current();
        long _ = kernel.call(SystemCall.MKDIRAT, entry(name), descriptor(), kernel.name(name), NEW_DIRECTORY_MODE);
        return openDirectory(name);
    }

    @Override
    public WritableFile createFile(FileName name) throws FileOperationException {
        return new PosixFile(path, name, open(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, NEW_FILE_MODE));
    }

    private int open(FileName name, int flags, int mode) throws FileOperationException {
        var kernel = Kernel.current();
        return (int) kernel.call(
                SystemCall.OPENAT, entry(name), descriptor(), kernel.name(name), flags | O_CLOEXEC, mode, 0);
    }

    @Override
    public void createSymlink(FileName name, byte[] target) throws FileOperationException {
        var kernel = Kernel.current();
        var subject = entry(name);
        long targetAddress = kernel.secondText(target, SystemCall.SYMLINKAT, subject);
        long _ = kernel.call(SystemCall.SYMLINKAT, subject, targetAddress, descriptor(), kernel.name(name));
    }

    @Override
    public void createSpecial(FileName name, FileType type, int major, int minor) throws FileOperationException {
        int mode = NEW_FILE_MODE
                | switch (type) {
                    case FIFO -> 0010000;
                    case SOCKET -> 0140000;
                    case CHARACTER_DEVICE -> 0020000;
                    case BLOCK_DEVICE -> 0060000;
                    case REGULAR, DIRECTORY, SYMLINK ->
                        throw new IllegalArgumentException("not a special file: " + type);
                };
        boolean device = type == FileType.CHARACTER_DEVICE || type == FileType.BLOCK_DEVICE;
        long number = device ? deviceNumber(name, major, minor) : 0;
        var kernel = Kernel.current();
        long _ = kernel.call(SystemCall.MKNODAT, entry(name), descriptor(), kernel.name(name), mode, number, 0);
    }

    /** As {@code new_decode_dev} of Linux takes it apart: 12 bits of major number, 20 of minor number. */
    private long deviceNumber(FileName name, int major, int minor) throws FileOperationException {
        if (major < 0 || major > MAX_MAJOR || minor < 0 || minor > MAX_MINOR) {
            throw Kernel.failure(SystemCall.MKNODAT, entry(name), Errno.EINVAL);
        }
        return (minor & 0xffL) | (long) major << 8 | (minor & ~0xffL) << 12;
    }

    @Override
    public void link(FileName name, Directory newParent, FileName newName) throws FileOperationException {
        var kernel = Kernel.current();
        var target = own(newParent);
        long _ = kernel.call(
                SystemCall.LINKAT,
                target.entry(newName),
                descriptor(),
                kernel.name(name),
                target.descriptor(),
                kernel.secondName(newName),
                0);
    }

    @Override
    public void rename(FileName name, Directory newParent, FileName newName, boolean noReplace)
            throws FileOperationException {
        var kernel = Kernel.current();
        var target = own(newParent);
        long result = kernel.attempt(
                SystemCall.RENAMEAT2,
                descriptor(),
                kernel.name(name),
                target.descriptor(),
                kernel.secondName(newName),
                noReplace ? RENAME_NOREPLACE : 0);
        if (noReplace && Kernel.failedWith(result, Errno.EINVAL) && status(name).type() != FileType.DIRECTORY) {
            // So NFS and many FUSE file systems answer to the flag. A link is as exclusive and takes one step more; a
            // crash in between leaves both names.
            link(name, newParent, newName);
            removeFile(name);
        } else if (result < 0) {
            throw Kernel.failure(SystemCall.RENAMEAT2, target.entry(newName), result);
        }
    }

    private static PosixDirectory own(Directory directory) {
        if (directory instanceof PosixDirectory own) {
            return own;
        }
        throw new IllegalStateException("a directory of another file system: " + directory.path());
    }

    @Override
    public void removeFile(FileName name) throws FileOperationException {
        remove(name, 0);
    }

    @Override
    public void removeDirectory(FileName name) throws FileOperationException {
        remove(name, AT_REMOVEDIR);
    }

    private void remove(FileName name, int flags) throws FileOperationException {
        var kernel = Kernel.current();
        long _ = kernel.call(SystemCall.UNLINKAT, entry(name), descriptor(), kernel.name(name), flags);
    }

    @Override
    public void sync() throws FileOperationException {
        long _ = Kernel.current().call(SystemCall.FSYNC, this, descriptor(), 0, 0);
    }

    @Override
    public boolean isPseudoFileSystem() throws FileOperationException {
        var kernel = Kernel.current();
        var statistics = kernel.structure();
        long _ = kernel.call(SystemCall.FSTATFS, this, descriptor(), statistics.address(), 0);
        return PseudoFileSystems.contains(statistics.get(ValueLayout.JAVA_LONG, 0));
    }

    @Override
    public Directory openCovered(FileName name) throws FileOperationException {
        var kernel = Kernel.current();
        // A copy of the mount that this lies on has none of the mounts on top of it.
        int copy = (int) kernel.call(
                SystemCall.OPEN_TREE,
                this,
                descriptor(),
                kernel.emptyText(),
                OPEN_TREE_CLONE | O_CLOEXEC | StatxReader.AT_EMPTY_PATH);
        try {
            int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
            long opened = kernel.call(SystemCall.OPENAT, entry(name), copy, kernel.name(name), flags, 0, 0);
            return new PosixDirectory(path.resolve(name), (int) opened);
        } finally {
            kernel.close(copy);
        }
    }

    @Override
    public boolean isMountPoint(FileName name) {
        try {
            var kernel = Kernel.current();
            var target = kernel.records();
            long length = kernel.call(
                    SystemCall.READLINKAT,
                    this,
                    AT_FDCWD,
                    kernel.descriptorPath(descriptor()),
                    target.address(),
                    target.byteSize(),
                    0);
            byte[] real = target.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            return MountTable.read().contains(FilePath.of(real).resolve(name));
        } catch (IOException _) {
            return false; // a machine without /proc can't tell
        }
    }

    private Subject entry(FileName name) {
        return new Named(this, name);
    }

    /** No lambda, since every look at an entry makes one: docs/decisions/0011. */
    private record Named(PosixDirectory directory, FileName name) implements Subject {
        @Override
        public String describe() {
            return directory.path.resolve(name).display();
        }
    }

    @Override
    public String describe() {
        return path.display();
    }
}
