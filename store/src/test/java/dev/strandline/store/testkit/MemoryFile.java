package dev.strandline.store.testkit;

import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.path.FilePath;
import dev.strandline.store.testkit.MemoryInode.FileNode;

/** An open file of a {@link CrashFileSystem}. */
final class MemoryFile extends MemoryHandle<FileNode> implements WritableFile {
    private boolean holdsLock; // guarded by host

    MemoryFile(CrashFileSystem host, FileNode node, FilePath path) {
        super(host, node, path);
    }

    private void count(StorageOperation operation) throws FileOperationException {
        count(operation, path.display());
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
    public void close() {
        synchronized (host) {
            super.close();
            if (holdsLock) {
                holdsLock = false;
                node.locked = false;
            }
        }
    }
}
