package dev.strandline.cli.checkpoint;

import dev.strandline.core.capture.FileScan;
import dev.strandline.core.encoding.Sum;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Adds up what checkpoints take on the disk, beside whatever else is done, on a thread of its own. Files that several
 * checkpoints share, as {@code rsync --link-dest} leaves them, count once. Passes over what it can't read. Memory grows
 * with the inodes of which not all names were met yet.
 */
public final class CheckpointSizes implements AutoCloseable {
    private final HostFileSystem host;
    private final List<Checkpoint> toRead;
    private final List<Checkpoint> others;
    private final Thread thread;
    private final Map<Inode, Integer> missingNames = new HashMap<>(); // the thread's
    private volatile boolean closed;
    private volatile boolean complete;
    private volatile long bytesToRead = -1;
    private long contentBytes; // the thread's
    private long allocatedBytes; // read when complete

    private record Inode(long device, long number) {}

    private CheckpointSizes(HostFileSystem host, List<Checkpoint> toRead, List<Checkpoint> others) {
        this.host = host;
        this.toRead = toRead;
        this.others = others;
        this.thread = Thread.ofPlatform().daemon().name("sizes").unstarted(this::run);
    }

    /** @param isImported asked before this returns: what is, need not be read */
    public static CheckpointSizes start(
            HostFileSystem host, List<Checkpoint> checkpoints, Predicate<Checkpoint> isImported) {
        var sizes = new CheckpointSizes(
                host,
                checkpoints.stream().filter(isImported.negate()).toList(),
                checkpoints.stream().filter(isImported).toList());
        sizes.thread.start();
        return sizes;
    }

    /** Logical bytes of all files of the checkpoints that are to be imported, under all their names; -1 until known. */
    public long bytesToRead() {
        return bytesToRead;
    }

    /** What all files take on the disk; waits until that is known. -1 when it never will be. */
    public long allocatedBytes() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
                closed = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return complete ? allocatedBytes : -1;
    }

    private void run() {
        toRead.forEach(checkpoint -> add(checkpoint.folder()));
        bytesToRead = contentBytes;
        others.forEach(checkpoint -> add(checkpoint.folder()));
        complete = !closed;
    }

    private void add(FilePath folder) {
        try {
            FileScan.below(host.openDirectory(folder), () -> closed, status -> {
                contentBytes = Sum.saturated(contentBytes, status.sizeBytes());
                allocatedBytes = Sum.saturated(allocatedBytes, isNew(status) ? status.allocatedBytes() : 0);
            });
        } catch (IOException _) {
            // Whoever imports it says so.
        }
    }

    /** Whether no other name of the inode was met. */
    private boolean isNew(FileStatus status) {
        if (status.linkCount() == 1) {
            return true;
        }
        var inode = new Inode(status.device(), status.inode());
        var missing = missingNames.get(inode);
        int now = (missing == null ? status.linkCount() : missing) - 1;
        if (now > 0) {
            missingNames.put(inode, now);
        } else {
            missingNames.remove(inode);
        }
        return missing == null;
    }

    /** Stops, and waits for the thread. */
    @Override
    public void close() {
        closed = true;
        long _ = allocatedBytes();
    }
}
