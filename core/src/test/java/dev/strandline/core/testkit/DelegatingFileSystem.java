package dev.strandline.core.testkit;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.EntryHandle;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.ReadableFile;
import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.List;

/** A file system in front of another, where tests step in: something happens between two calls, or a call fails. */
public final class DelegatingFileSystem implements HostFileSystem {
    private final HostFileSystem host;
    private final Intervention intervention;

    public DelegatingFileSystem(HostFileSystem host, Intervention intervention) {
        this.host = host;
        this.intervention = intervention;
    }

    /** What happens in between; called by whatever thread makes the call, and what it throws is what the call throws. */
    public interface Intervention {
        /** Before an entry's status is looked at. */
        default void beforeStatus(FilePath path) throws IOException {}

        /** Before an entry is opened, in whatever way. */
        default void beforeOpen(FilePath path) throws IOException {}

        /** Before a piece of a file is read. */
        default void beforeRead(FilePath path, long position) throws IOException {}

        /** Before a directory, or a file that is made, gets its owner. */
        default void beforeSetOwner(FilePath path) throws IOException {}

        /** Before an entry is made. */
        default void beforeCreate(FilePath path) throws IOException {}
    }

    @Override
    public Directory openDirectory(FilePath path) throws IOException {
        intervention.beforeOpen(path);
        return new DelegatingDirectory(host.openDirectory(path));
    }

    @Override
    public FilePath workingDirectory() throws IOException {
        return host.workingDirectory();
    }

    @Override
    public int effectiveUserId() {
        return host.effectiveUserId();
    }

    @Override
    public boolean isTerminal(int descriptor) {
        return host.isTerminal(descriptor);
    }

    private final class DelegatingDirectory implements Directory {
        private final Directory directory;

        DelegatingDirectory(Directory directory) {
            this.directory = directory;
        }

        private static Directory unwrap(Directory directory) {
            return directory instanceof DelegatingDirectory delegating ? delegating.directory : directory;
        }

        private FilePath pathOf(FileName name) {
            return directory.path().resolve(name);
        }

        @Override
        public FilePath path() {
            return directory.path();
        }

        @Override
        public List<FileName> list() throws IOException {
            return directory.list();
        }

        @Override
        public FileStatus status(FileName name) throws IOException {
            intervention.beforeStatus(pathOf(name));
            return directory.status(name);
        }

        @Override
        public Directory openDirectory(FileName name) throws IOException {
            intervention.beforeOpen(pathOf(name));
            return new DelegatingDirectory(directory.openDirectory(name));
        }

        @Override
        public ReadableFile openFile(FileName name) throws IOException {
            intervention.beforeOpen(pathOf(name));
            return new DelegatingFile(pathOf(name), directory.openFile(name));
        }

        @Override
        public WritableFile openWritable(FileName name) throws IOException {
            intervention.beforeOpen(pathOf(name));
            return directory.openWritable(name);
        }

        @Override
        public EntryHandle openEntry(FileName name) throws IOException {
            intervention.beforeOpen(pathOf(name));
            return directory.openEntry(name);
        }

        @Override
        public Directory createDirectory(FileName name) throws IOException {
            intervention.beforeCreate(pathOf(name));
            return new DelegatingDirectory(directory.createDirectory(name));
        }

        @Override
        public WritableFile createFile(FileName name) throws IOException {
            intervention.beforeCreate(pathOf(name));
            return new DelegatingWritable(pathOf(name), directory.createFile(name));
        }

        @Override
        public void createSymlink(FileName name, byte[] target) throws IOException {
            intervention.beforeCreate(pathOf(name));
            directory.createSymlink(name, target);
        }

        @Override
        public void createSpecial(FileName name, FileType type, int major, int minor) throws IOException {
            intervention.beforeCreate(pathOf(name));
            directory.createSpecial(name, type, major, minor);
        }

        @Override
        public void link(FileName name, Directory newParent, FileName newName) throws IOException {
            directory.link(name, unwrap(newParent), newName);
        }

        @Override
        public void rename(FileName name, Directory newParent, FileName newName, boolean noReplace) throws IOException {
            directory.rename(name, unwrap(newParent), newName, noReplace);
        }

        @Override
        public void removeFile(FileName name) throws IOException {
            directory.removeFile(name);
        }

        @Override
        public void removeDirectory(FileName name) throws IOException {
            directory.removeDirectory(name);
        }

        @Override
        public void sync() throws IOException {
            directory.sync();
        }

        @Override
        public boolean isPseudoFileSystem() throws IOException {
            return directory.isPseudoFileSystem();
        }

        @Override
        public FileStatus status() throws IOException {
            return directory.status();
        }

        @Override
        public List<Xattr> xattrs() throws IOException {
            return directory.xattrs();
        }

        @Override
        public void setOwner(int uid, int gid) throws IOException {
            intervention.beforeSetOwner(directory.path());
            directory.setOwner(uid, gid);
        }

        @Override
        public void setMode(int mode) throws IOException {
            directory.setMode(mode);
        }

        @Override
        public void setXattr(Xattr xattr) throws IOException {
            directory.setXattr(xattr);
        }

        @Override
        public void removeXattr(byte[] name) throws IOException {
            directory.removeXattr(name);
        }

        @Override
        public void setModified(FileTime time) throws IOException {
            directory.setModified(time);
        }

        @Override
        public void close() {
            directory.close();
        }
    }

    private class DelegatingFile implements ReadableFile {
        private final FilePath path;
        private final ReadableFile file;

        DelegatingFile(FilePath path, ReadableFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            intervention.beforeRead(path, position);
            return file.read(position, target, offset, length);
        }

        @Override
        public long nextData(long position) throws IOException {
            return file.nextData(position);
        }

        @Override
        public long nextHole(long position) throws IOException {
            return file.nextHole(position);
        }

        @Override
        public FileStatus status() throws IOException {
            return file.status();
        }

        @Override
        public List<Xattr> xattrs() throws IOException {
            return file.xattrs();
        }

        @Override
        public void setOwner(int uid, int gid) throws IOException {
            intervention.beforeSetOwner(path);
            file.setOwner(uid, gid);
        }

        @Override
        public void setMode(int mode) throws IOException {
            file.setMode(mode);
        }

        @Override
        public void setXattr(Xattr xattr) throws IOException {
            file.setXattr(xattr);
        }

        @Override
        public void removeXattr(byte[] name) throws IOException {
            file.removeXattr(name);
        }

        @Override
        public void setModified(FileTime time) throws IOException {
            file.setModified(time);
        }

        @Override
        public void close() {
            file.close();
        }
    }

    private final class DelegatingWritable extends DelegatingFile implements WritableFile {
        private final WritableFile file;

        DelegatingWritable(FilePath path, WritableFile file) {
            super(path, file);
            this.file = file;
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            file.write(position, source, offset, length);
        }

        @Override
        public void setSize(long sizeBytes) throws IOException {
            file.setSize(sizeBytes);
        }

        @Override
        public void sync() throws IOException {
            file.sync();
        }

        @Override
        public boolean tryLock() throws IOException {
            return file.tryLock();
        }
    }
}
