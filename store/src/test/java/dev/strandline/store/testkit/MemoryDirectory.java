package dev.strandline.store.testkit;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.EntryHandle;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.ReadableFile;
import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.store.testkit.MemoryInode.DirectoryNode;
import dev.strandline.store.testkit.MemoryInode.FileNode;
import java.util.List;
import java.util.Optional;

/** An open directory of a {@link CrashFileSystem}. A repository needs no metadata beyond times, so there is none. */
final class MemoryDirectory implements Directory {
    private final CrashFileSystem host;
    private final DirectoryNode node;
    private final FilePath path;
    private boolean closed; // guarded by host

    MemoryDirectory(CrashFileSystem host, DirectoryNode node, FilePath path) {
        this.host = host;
        this.node = node;
        this.path = path;
    }

    private String subject(FileName name) {
        return path.resolve(name).display();
    }

    private void count(StorageOperation operation, String subject) throws FileOperationException {
        if (closed) {
            throw new IllegalStateException(path.display() + " is used after it was closed");
        }
        host.count(operation, subject);
    }

    @Override
    public FilePath path() {
        return path;
    }

    @Override
    public List<FileName> list() throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.LIST, path.display());
            return node.names();
        }
    }

    @Override
    public FileStatus status(FileName name) throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.STATUS, subject(name));
            return statusOf(CrashFileSystem.require(node, name, subject(name)));
        }
    }

    @Override
    public FileStatus status() throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.STATUS, path.display());
            return statusOf(node);
        }
    }

    static FileStatus statusOf(MemoryInode inode) {
        return switch (inode) {
            case DirectoryNode _ -> status(inode, FileType.DIRECTORY, 0700, 0);
            case FileNode file -> status(inode, FileType.REGULAR, 0600, file.size());
        };
    }

    private static FileStatus status(MemoryInode inode, FileType type, int mode, long size) {
        return new FileStatus(type, mode, 0, 0, size, inode.modified, inode.modified, 1, inode.number, 1, 0, 0);
    }

    @Override
    public Directory openDirectory(FileName name) throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.OPEN, subject(name));
            return opened(name, CrashFileSystem.directory(node, name, subject(name)));
        }
    }

    private Directory opened(FileName name, DirectoryNode directory) {
        host.opened();
        return new MemoryDirectory(host, directory, path.resolve(name));
    }

    @Override
    public ReadableFile openFile(FileName name) throws FileOperationException {
        return openWritable(name);
    }

    @Override
    public WritableFile openWritable(FileName name) throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.OPEN, subject(name));
            if (CrashFileSystem.require(node, name, subject(name)) instanceof FileNode file) {
                host.opened();
                return new MemoryFile(host, file, path.resolve(name));
            }
            throw CrashFileSystem.failure(StorageOperation.OPEN, subject(name), Errno.EINVAL);
        }
    }

    @Override
    public Directory createDirectory(FileName name) throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.CREATE_DIRECTORY, subject(name));
            refuseTaken(StorageOperation.CREATE_DIRECTORY, node, name);
            var created = host.newDirectory();
            node.put(name, Optional.of(created));
            return opened(name, created);
        }
    }

    @Override
    public WritableFile createFile(FileName name) throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.CREATE_FILE, subject(name));
            refuseTaken(StorageOperation.CREATE_FILE, node, name);
            var created = host.newFile();
            node.put(name, Optional.of(created));
            host.opened();
            return new MemoryFile(host, created, path.resolve(name));
        }
    }

    private void refuseTaken(StorageOperation operation, DirectoryNode directory, FileName name)
            throws FileOperationException {
        if (directory.get(name).isPresent()) {
            throw CrashFileSystem.failure(operation, subject(name), Errno.EEXIST);
        }
    }

    @Override
    public void link(FileName name, Directory newParent, FileName newName) throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.LINK, subject(name));
            var target = ((MemoryDirectory) newParent).node;
            var linked = CrashFileSystem.require(node, name, subject(name));
            refuseTaken(StorageOperation.LINK, target, newName);
            target.put(newName, Optional.of(linked));
        }
    }

    @Override
    public void rename(FileName name, Directory newParent, FileName newName, boolean noReplace)
            throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.RENAME, subject(name));
            var target = ((MemoryDirectory) newParent).node;
            var renamed = CrashFileSystem.require(node, name, subject(name));
            if (noReplace) {
                refuseTaken(StorageOperation.RENAME, target, newName);
            }
            target.put(newName, Optional.of(renamed));
            node.put(name, Optional.empty());
        }
    }

    @Override
    public void removeFile(FileName name) throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.REMOVE, subject(name));
            if (CrashFileSystem.require(node, name, subject(name)) instanceof DirectoryNode) {
                throw CrashFileSystem.failure(StorageOperation.REMOVE, subject(name), Errno.EISDIR);
            }
            node.put(name, Optional.empty());
        }
    }

    @Override
    public void removeDirectory(FileName name) throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.REMOVE, subject(name));
            if (!CrashFileSystem.directory(node, name, subject(name)).names().isEmpty()) {
                throw CrashFileSystem.failure(StorageOperation.REMOVE, subject(name), Errno.ENOTEMPTY);
            }
            node.put(name, Optional.empty());
        }
    }

    @Override
    public void sync() throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.SYNC_DIRECTORY, path.display());
            if (!host.leavesOut(new SyncPoint(StorageOperation.SYNC_DIRECTORY, path, new byte[0]))) {
                node.sync();
            }
        }
    }

    @Override
    public boolean isPseudoFileSystem() {
        return false;
    }

    @Override
    public void close() {
        synchronized (host) {
            if (!closed) {
                closed = true;
                host.closed();
            }
        }
    }

    @Override
    public EntryHandle openEntry(FileName name) {
        throw unsupported();
    }

    @Override
    public void createSymlink(FileName name, byte[] target) {
        throw unsupported();
    }

    @Override
    public void createSpecial(FileName name, FileType type, int major, int minor) {
        throw unsupported();
    }

    @Override
    public List<Xattr> xattrs() {
        return List.of();
    }

    @Override
    public void setOwner(int uid, int gid) {
        throw unsupported();
    }

    @Override
    public void setMode(int mode) {
        throw unsupported();
    }

    @Override
    public void setXattr(Xattr xattr) {
        throw unsupported();
    }

    @Override
    public void removeXattr(byte[] name) {
        throw unsupported();
    }

    @Override
    public void setModified(FileTime time) {
        synchronized (host) {
            node.modified = time;
        }
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("no repository needs it");
    }
}
