package dev.strandline.store.testkit;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.EntryHandle;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.ReadableFile;
import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.store.testkit.MemoryInode.DirectoryNode;
import dev.strandline.store.testkit.MemoryInode.FileNode;
import java.util.List;
import java.util.Optional;

/** An open directory of a {@link CrashFileSystem}. */
final class MemoryDirectory extends MemoryHandle<DirectoryNode> implements Directory {
    MemoryDirectory(CrashFileSystem host, DirectoryNode node, FilePath path) {
        super(host, node, path);
    }

    private String subject(FileName name) {
        return path.resolve(name).display();
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
    public Directory openCovered(FileName name) {
        throw unsupported();
    }

    @Override
    public boolean isMountPoint(FileName name) {
        return false;
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
}
