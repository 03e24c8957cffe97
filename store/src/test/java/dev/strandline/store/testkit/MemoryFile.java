package dev.strandline.store.testkit;

import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.path.FilePath;
import dev.strandline.store.testkit.MemoryInode.FileNode;
import java.util.List;

/** An open file of a {@link CrashFileSystem}. */
final class MemoryFile implements WritableFile {
    private final CrashFileSystem host;
    private final FileNode node;
    private final FilePath path;
    private boolean holdsLock; // guarded by host
    private boolean closed; // guarded by host

    MemoryFile(CrashFileSystem host, FileNode node, FilePath path) {
        this.host = host;
        this.node = node;
        this.path = path;
    }

    private void count(StorageOperation operation) throws FileOperationException {
        if (closed) {
            throw new IllegalStateException(path.display() + " is used after it was closed");
        }
        host.count(operation, path.display());
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.READ);
            return node.read(position, target, offset, length);
        }
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.WRITE);
            node.write(position, source, offset, length);
        }
    }

    @Override
    public void setSize(long sizeBytes) throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.SET_SIZE);
            node.resize(Math.toIntExact(sizeBytes));
        }
    }

    @Override
    public void sync() throws FileOperationException {
        synchronized (host) {
            try {
                count(StorageOperation.SYNC_FILE);
            } catch (FileOperationException e) {
                node.failSync();
                throw e;
            }
            if (!host.leavesOut(new SyncPoint(StorageOperation.SYNC_FILE, path, node.head(SyncPoint.HEAD_BYTES)))) {
                node.sync();
            }
        }
    }

    @Override
    public boolean tryLock() throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.LOCK);
            if (node.locked && !holdsLock) {
                return false;
            }
            node.locked = true;
            holdsLock = true;
            return true;
        }
    }

    @Override
    public long nextData(long position) {
        return position < node.size() ? position : -1;
    }

    @Override
    public long nextHole(long position) {
        return node.size();
    }

    @Override
    public FileStatus status() throws FileOperationException {
        synchronized (host) {
            count(StorageOperation.STATUS);
            return MemoryDirectory.statusOf(node);
        }
    }

    @Override
    public void close() {
        synchronized (host) {
            if (!closed) {
                closed = true;
                host.closed();
                if (holdsLock) {
                    node.locked = false;
                }
            }
        }
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
