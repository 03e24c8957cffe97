package dev.strandline.store.testkit;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.NamedFile;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.store.testkit.MemoryInode.DirectoryNode;
import dev.strandline.store.testkit.MemoryInode.FileNode;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory that knows what was synced. A file's content is on the disk as it was at its last {@code sync};
 * a name (made, renamed, linked, removed) is on the disk once its own directory was synced. {@link #crash} gives what a
 * power cut may leave: of each name any state that it has had since, of each file's unsynced content anything. It counts
 * operations and can stop, fail, or leave syncs out. Safe for use by several threads.
 */
public final class CrashFileSystem implements HostFileSystem {
    /** Some day in 2023; nothing here asks a clock. */
    public static final long NOW_SECONDS = 1_700_000_000;

    private static final FileTime NOW = new FileTime(NOW_SECONDS, 0);

    private final DirectoryNode root;
    private final Predicate<SyncPoint> leftOut;
    private StorageOperation failedOperation = StorageOperation.OPEN; // guarded by this
    private @Nullable Fault fault; // guarded by this
    private long counted; // guarded by this
    private boolean stopped; // guarded by this
    private long nextInode = 2; // guarded by this
    private int openHandles; // guarded by this

    private CrashFileSystem(DirectoryNode root, Predicate<SyncPoint> leftOut) {
        this.root = root;
        this.leftOut = leftOut;
    }

    /** An empty one, in which nothing goes wrong. */
    public static CrashFileSystem create() {
        return create(_ -> false);
    }

    /** An empty one that says yes to some syncs and does nothing. */
    public static CrashFileSystem create(Predicate<SyncPoint> leftOut) {
        return new CrashFileSystem(new DirectoryNode(1, NOW), leftOut);
    }

    /** The same again, synced or not, for another process on the same machine: no locks, no fault, nothing counted. */
    public synchronized CrashFileSystem copy() {
        return with((DirectoryNode) root.copy(MemoryInode.identities()), leftOut);
    }

    /** As {@link #copy}, with other syncs left out. */
    public synchronized CrashFileSystem copy(Predicate<SyncPoint> nowLeftOut) {
        return with((DirectoryNode) root.copy(MemoryInode.identities()), nowLeftOut);
    }

    /** What is there after a power cut, by this seed. */
    public synchronized CrashFileSystem crash(CrashOutcome outcome, long seed) {
        return with((DirectoryNode) root.afterCrash(outcome, new Random(seed), MemoryInode.identities()), leftOut);
    }

    private CrashFileSystem with(DirectoryNode newRoot, Predicate<SyncPoint> newLeftOut) {
        var other = new CrashFileSystem(newRoot, newLeftOut);
        other.nextInode = nextInode;
        return other;
    }

    /** From here on, this goes wrong; counting begins anew. */
    public synchronized void inject(Fault newFault) {
        fault = newFault;
        counted = 0;
    }

    /** From here on, nothing goes wrong; but who was stopped stays so. */
    public synchronized void heal() {
        fault = null;
    }

    /** Whether the fault has happened. */
    public synchronized boolean hasFailed() {
        return fault != null && counted >= fault.at();
    }

    /** The operation that the fault happened to first, else the last one. */
    public synchronized StorageOperation failedOperation() {
        return failedOperation;
    }

    /** Files and directories that were opened and not closed. */
    public synchronized int openHandles() {
        return openHandles;
    }

    @Override
    public synchronized Directory openDirectory(FilePath path) throws IOException {
        count(StorageOperation.OPEN, path.display());
        DirectoryNode directory = root;
        for (var name : path.names()) {
            directory = directory(directory, name, path.display());
        }
        opened();
        return new MemoryDirectory(this, directory, path);
    }

    @Override
    public NamedFile openNamed(FilePath path) {
        throw new UnsupportedOperationException("nobody names files here");
    }

    @Override
    public FileStatus status(FilePath path) {
        throw new UnsupportedOperationException("nobody names files here");
    }

    @Override
    public Optional<FilePath> linkTarget(FilePath path) {
        return Optional.empty();
    }

    @Override
    public FilePath workingDirectory() {
        return FilePath.ROOT;
    }

    @Override
    public int effectiveUserId() {
        return 0;
    }

    @Override
    public int maxDescriptors() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean isTerminal(int descriptor) {
        return false;
    }

    /** Counts an operation, and fails or stops at it. */
    void count(StorageOperation operation, String subject) throws FileOperationException {
        if (stopped) {
            throw new CrashException("stopped before");
        }
        var current = fault;
        if (current == null || !current.counted().test(operation)) {
            return;
        }
        counted++;
        if (counted <= current.at()) {
            failedOperation = operation;
        }
        switch (current) {
            case Fault.Stop stop -> {
                if (counted == stop.at()) {
                    stopped = true;
                    throw new CrashException("stopped at operation " + counted + ", " + operation + " of " + subject);
                }
            }
            case Fault.Failure failure -> {
                if (counted == failure.at() || (failure.lasting() && counted > failure.at())) {
                    throw failure(operation, subject, failure.errno());
                }
            }
        }
    }

    boolean leavesOut(SyncPoint point) {
        return leftOut.test(point);
    }

    void opened() {
        openHandles++;
    }

    void closed() {
        openHandles--;
    }

    DirectoryNode newDirectory() {
        return new DirectoryNode(nextInode++, NOW);
    }

    FileNode newFile() {
        return new FileNode(nextInode++, NOW);
    }

    static DirectoryNode directory(DirectoryNode parent, FileName name, String subject) throws FileOperationException {
        if (require(parent, name, subject) instanceof DirectoryNode found) {
            return found;
        }
        throw failure(StorageOperation.OPEN, subject, Errno.ENOTDIR);
    }

    static MemoryInode require(DirectoryNode parent, FileName name, String subject) throws FileOperationException {
        Optional<MemoryInode> found = parent.get(name);
        if (found.isEmpty()) {
            throw failure(StorageOperation.OPEN, subject, Errno.ENOENT);
        }
        return found.get();
    }

    static FileOperationException failure(StorageOperation operation, String subject, Errno errno) {
        return new FileOperationException(operation.name(), subject, errno.number());
    }
}
