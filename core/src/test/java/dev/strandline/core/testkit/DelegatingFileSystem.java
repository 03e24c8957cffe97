package dev.strandline.core.testkit;

import dev.strandline.core.fs.AttributeTarget;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.EntryHandle;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.NamedFile;
import dev.strandline.core.fs.ReadableFile;
import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

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

        /** Before a file that was made is locked. */
        default void beforeLock(FilePath path) throws IOException {}
    }

    @Override
    public Directory openDirectory(FilePath path) throws IOException {
        intervention.beforeOpen(path);
        return new DelegatingDirectory(host.openDirectory(path));
    }

    @Override
    public NamedFile openNamed(FilePath path) throws IOException {
        intervention.beforeOpen(path);
        return host.openNamed(path);
    }

    @Override
    public FileStatus status(FilePath path) throws IOException {
        intervention.beforeStatus(path);
        return host.status(path);
    }

    @Override
    public Optional<FilePath> linkTarget(FilePath path) throws IOException {
        return host.linkTarget(path);
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
    public int maxDescriptors() {
        return host.maxDescriptors();
    }

    @Override
    public boolean isTerminal(int descriptor) {
        return host.isTerminal(descriptor);
    }

    private abstract class DelegatingAttributes<T extends AttributeTarget> implements AttributeTarget {
        final FilePath path;
        final T delegate;

        DelegatingAttributes(FilePath path, T delegate) {
            this.path = path;
            this.delegate = delegate;
        }

        @Override
        public FileStatus status() throws IOException {
            return delegate.status();
        }

        @Override
        public List<Xattr> xattrs() throws IOException {
            return delegate.xattrs();
        }

        @Override
        public void setOwner(int uid, int gid) throws IOException {
            intervention.beforeSetOwner(path);
            delegate.setOwner(uid, gid);
        }

        @Override
        public void setMode(int mode) throws IOException {
            delegate.setMode(mode);
        }

        @Override
        public void setXattr(Xattr xattr) throws IOException {
            delegate.setXattr(xattr);
        }

        @Override
        public void removeXattr(byte[] name) throws IOException {
            delegate.removeXattr(name);
        }

        @Override
        public void setModified(FileTime time) throws IOException {
            delegate.setModified(time);
        }
    }

    private final class DelegatingDirectory extends DelegatingAttributes<Directory> implements Directory {
        DelegatingDirectory(Directory directory) {
            super(directory.path(), directory);
        }

        private static Directory unwrap(Directory directory) {
            return directory instanceof DelegatingDirectory delegating ? delegating.delegate : directory;
        }

        private FilePath pathOf(FileName name) {
            return path.resolve(name);
        }

        @Override
        public FilePath path() {
            return path;
        }

        @Override
        public List<FileName> list() throws IOException {
            return delegate.list();
        }

        @Override
        public FileStatus status(FileName name) throws IOException {
            intervention.beforeStatus(pathOf(name));
            return delegate.status(name);
        }

        @Override
        public Directory openDirectory(FileName name) throws IOException {
            intervention.beforeOpen(pathOf(name));
            return new DelegatingDirectory(delegate.openDirectory(name));
        }

        @Override
        public ReadableFile openFile(FileName name) throws IOException {
            intervention.beforeOpen(pathOf(name));
            return new DelegatingFile<>(pathOf(name), delegate.openFile(name));
        }

        @Override
        public WritableFile openWritable(FileName name) throws IOException {
            intervention.beforeOpen(pathOf(name));
            return delegate.openWritable(name);
        }

        @Override
        public EntryHandle openEntry(FileName name) throws IOException {
            intervention.beforeOpen(pathOf(name));
            return delegate.openEntry(name);
        }

        @Override
        public Directory createDirectory(FileName name) throws IOException {
            intervention.beforeCreate(pathOf(name));
            return new DelegatingDirectory(delegate.createDirectory(name));
        }

        @Override
        public WritableFile createFile(FileName name) throws IOException {
            intervention.beforeCreate(pathOf(name));
            return new DelegatingWritable(pathOf(name), delegate.createFile(name));
        }

        @Override
        public void createSymlink(FileName name, byte[] target) throws IOException {
            intervention.beforeCreate(pathOf(name));
            delegate.createSymlink(name, target);
        }

        @Override
        public void createSpecial(FileName name, FileType type, int major, int minor) throws IOException {
            intervention.beforeCreate(pathOf(name));
            delegate.createSpecial(name, type, major, minor);
        }

        @Override
        public void link(FileName name, Directory newParent, FileName newName) throws IOException {
            delegate.link(name, unwrap(newParent), newName);
        }

        @Override
        public void rename(FileName name, Directory newParent, FileName newName, boolean noReplace) throws IOException {
            delegate.rename(name, unwrap(newParent), newName, noReplace);
        }

        @Override
        public void removeFile(FileName name) throws IOException {
            delegate.removeFile(name);
        }

        @Override
        public void removeDirectory(FileName name) throws IOException {
            delegate.removeDirectory(name);
        }

        @Override
        public void sync() throws IOException {
            delegate.sync();
        }

        @Override
        public boolean isPseudoFileSystem() throws IOException {
            return delegate.isPseudoFileSystem();
        }

        @Override
        public Directory openCovered(FileName name) throws IOException {
            return new DelegatingDirectory(delegate.openCovered(name));
        }

        @Override
        public boolean isMountPoint(FileName name) {
            return delegate.isMountPoint(name);
        }

        @Override
        public void close() {
            delegate.close();
        }
    }

    private class DelegatingFile<F extends ReadableFile> extends DelegatingAttributes<F> implements ReadableFile {
        DelegatingFile(FilePath path, F file) {
            super(path, file);
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            intervention.beforeRead(path, position);
            return delegate.read(position, target, offset, length);
        }

        @Override
        public long nextData(long position) throws IOException {
            return delegate.nextData(position);
        }

        @Override
        public long nextHole(long position) throws IOException {
            return delegate.nextHole(position);
        }

        @Override
        public void close() {
            delegate.close();
        }
    }

    private final class DelegatingWritable extends DelegatingFile<WritableFile> implements WritableFile {
        DelegatingWritable(FilePath path, WritableFile file) {
            super(path, file);
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            delegate.write(position, source, offset, length);
        }

        @Override
        public void setSize(long sizeBytes) throws IOException {
            delegate.setSize(sizeBytes);
        }

        @Override
        public void sync() throws IOException {
            delegate.sync();
        }

        @Override
        public boolean tryLock() throws IOException {
            intervention.beforeLock(path);
            return delegate.tryLock();
        }
    }
}
