package dev.strandline.core.capture;

import dev.strandline.core.encoding.Sum;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * Adds up how much there is to capture, so that a display can tell how long the rest takes. An estimate: it leaves
 * nothing out but pseudo file systems, and passes over what it can't read. Runs beside a capture on a thread of its own,
 * or before it, to find out whether there is much.
 */
public final class SourceScan implements AutoCloseable {
    private static final long BLOCK_BYTES = 4096;

    private final HostFileSystem host;
    private final List<FilePath> paths;
    private final long leastFileBytes;
    private final long maximumBytes;
    private final LongAccumulator bytes = new LongAccumulator(Sum::saturated, 0);
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean complete;

    private SourceScan(HostFileSystem host, List<FilePath> paths, long leastFileBytes, long maximumBytes) {
        this.host = host;
        this.paths = FilePath.outermost(paths);
        this.leastFileBytes = leastFileBytes;
        this.maximumBytes = maximumBytes;
        this.thread = Thread.ofPlatform().daemon().name("scan").unstarted(this::run);
    }

    public static SourceScan start(HostFileSystem host, List<FilePath> paths) {
        var scan = new SourceScan(host, paths, 0, Long.MAX_VALUE);
        scan.thread.start();
        return scan;
    }

    /**
     * Whether there is no more than {@code maximumBytes} to capture, where a file counts as a block of the disk at least.
     * Looks no further than it must, on the calling thread.
     */
    public static boolean isAtMost(HostFileSystem host, List<FilePath> paths, long maximumBytes) {
        var scan = new SourceScan(host, paths, BLOCK_BYTES, maximumBytes);
        scan.run();
        return scan.complete;
    }

    /** Bytes of all regular files, -1 until the scan is complete. */
    public long totalBytes() {
        return complete ? bytes.get() : -1;
    }

    private void run() {
        for (var path : paths) {
            try {
                scan(path);
            } catch (IOException _) {
                // The capture reports it.
            }
        }
        complete = !isStopped();
    }

    private void scan(FilePath path) throws IOException {
        if (path.depth() > 0) {
            try (var parent = host.openDirectory(path.parent())) {
                var status = parent.status(path.name());
                if (status.type() != FileType.DIRECTORY) {
                    if (status.type() == FileType.REGULAR) {
                        add(status);
                    }
                    return;
                }
            }
        }
        FileScan.below(host.openDirectory(path), this::isStopped, this::add);
    }

    private void add(FileStatus status) {
        bytes.accumulate(Math.max(status.sizeBytes(), leastFileBytes));
    }

    private boolean isStopped() {
        return closed || bytes.get() > maximumBytes;
    }

    /** Stops the scan and waits for its thread. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
