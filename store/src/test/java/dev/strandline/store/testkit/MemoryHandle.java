package dev.strandline.store.testkit;

import dev.strandline.core.fs.AttributeTarget;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.path.FilePath;
import dev.strandline.store.testkit.MemoryInode.DirectoryNode;
import dev.strandline.store.testkit.MemoryInode.FileNode;
import java.io.Closeable;
import java.util.List;

/** An open inode of a {@link CrashFileSystem}. A repository needs no metadata beyond times, so there is none. */
abstract sealed class MemoryHandle<N extends MemoryInode> implements AttributeTarget, Closeable
        permits MemoryDirectory, MemoryFile {
    final CrashFileSystem host;
    final N node;
    final FilePath path;
    private boolean closed; // guarded by host

    MemoryHandle(CrashFileSystem host, N node, FilePath path) {
        this.host = host;
        this.node = node;
        this.path = path;
    }

    final void count(StorageOperation operation, String subject) throws FileOperationException {
        if (closed) {
            throw new IllegalStateException(path.display() + " is used after it was closed");
        }
        host.count(operation, subject);
    }

    @Override
    public final FileStatus status() throws FileOperationException {
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
        return new FileStatus(type, mode, 0, 0, size, inode.modified, inode.modified, 1, inode.number, 1, 0, 0, size);
    }

    @Override
    public final void setModified(FileTime time) {
        synchronized (host) {
            node.modified = time;
        }
    }

    @Override
    public final List<Xattr> xattrs() {
        return List.of();
    }

    @Override
    public final void setOwner(int uid, int gid) {
        throw unsupported();
    }

    @Override
    public final void setMode(int mode) {
        throw unsupported();
    }

    @Override
    public final void setXattr(Xattr xattr) {
        throw unsupported();
    }

    @Override
    public final void removeXattr(byte[] name) {
        throw unsupported();
    }

    static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("no repository needs it");
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
}
