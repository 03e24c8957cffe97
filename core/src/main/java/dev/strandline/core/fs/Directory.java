package dev.strandline.core.fs;

import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * An open directory; every operation on its entries goes through its descriptor and follows no symbolic link. Safe for
 * use by several threads at once; {@link #close} only when none uses it any more.
 */
public interface Directory extends AttributeTarget, Closeable {
    /** Where it was when it was opened, for messages only. */
    FilePath path();

    /** All entries but {@code .} and {@code ..}, in no particular order. */
    List<FileName> list() throws IOException;

    /** The status of an entry, of a symbolic link itself. */
    FileStatus status(FileName name) throws IOException;

    /** Opens a subdirectory. */
    Directory openDirectory(FileName name) throws IOException;

    /**
     * Opens a regular file for reading, without waiting for anything (O_NONBLOCK, O_NOCTTY) and where permitted without
     * touching its access time. Fails with {@link Errno#EINVAL} on anything but a regular file.
     */
    ReadableFile openFile(FileName name) throws IOException;

    /** Opens an existing regular file for reading and writing; else as {@link #openFile}. */
    WritableFile openWritable(FileName name) throws IOException;

    /** Holds an entry of any type without opening it. */
    EntryHandle openEntry(FileName name) throws IOException;

    /** Makes a directory with mode 0700 and opens it. */
    Directory createDirectory(FileName name) throws IOException;

    /** Makes an empty regular file with mode 0600 and opens it; fails with {@link Errno#EEXIST} when the name is taken. */
    WritableFile createFile(FileName name) throws IOException;

    void createSymlink(FileName name, byte[] target) throws IOException;

    /** Makes a FIFO, socket or device with mode 0600; the device numbers count for devices only. */
    void createSpecial(FileName name, FileType type, int major, int minor) throws IOException;

    /** Makes {@code newName} in {@code newParent} another name of {@code name} in this directory. */
    void link(FileName name, Directory newParent, FileName newName) throws IOException;

    /** Renames; an existing {@code newName} is replaced, or with {@code noReplace} is {@link Errno#EEXIST}. */
    void rename(FileName name, Directory newParent, FileName newName, boolean noReplace) throws IOException;

    /** Removes an entry that is not a directory. */
    void removeFile(FileName name) throws IOException;

    /** Removes an empty subdirectory. */
    void removeDirectory(FileName name) throws IOException;

    /** The names in this directory are on the disk when this returns (fsync). */
    void sync() throws IOException;

    /** Whether the kernel makes this file system up (proc, sysfs, cgroup and the like), so that it holds no files to keep. */
    boolean isPseudoFileSystem() throws IOException;

    /**
     * Opens the subdirectory that something is mounted over, as it is on this directory's own file system.
     *
     * @throws IOException where the caller may not look below mounts, which takes the rights of root
     */
    Directory openCovered(FileName name) throws IOException;

    /** Whether something is mounted at an entry, also at one that can't be looked at. */
    boolean isMountPoint(FileName name);

    @Override
    void close();
}
