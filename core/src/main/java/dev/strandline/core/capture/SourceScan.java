package dev.strandline.core.capture;

import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Adds up how much there is to capture, so that a display can tell how long the rest takes. An estimate: it leaves
 * nothing out but pseudo file systems, and passes over what it can't read. Runs beside a capture on a thread of its own.
 */
public final class SourceScan implements AutoCloseable {
    private final HostFileSystem host;
    private final List<FilePath> paths;
    private final LongAdder bytes = new LongAdder();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean complete;

    private SourceScan(HostFileSystem host, List<FilePath> paths) {
        this.host = host;
        this.paths = FilePath.outermost(paths);
        this.thread = Thread.ofPlatform().daemon().name("scan").unstarted(this::run);
    }

    public static SourceScan start(HostFileSystem host, List<FilePath> paths) {
        var scan = new SourceScan(host, paths);
        scan.thread.start();
        return scan;
    }

    /** Bytes of all regular files, -1 until the scan is complete. */
    public long totalBytes() {
        return complete ? bytes.sum() : -1;
    }

    private void run() {
        for (var path : paths) {
            try {
                scan(path);
            } catch (IOException _) {
                // The capture reports it.
            }
        }
        complete = !closed;
    }

    private void scan(FilePath path) throws IOException {
        if (path.depth() > 0) {
            try (var parent = host.openDirectory(path.parent())) {
                var status = parent.status(path.name());
                if (status.type() != FileType.DIRECTORY) {
                    bytes.add(status.type() == FileType.REGULAR ? status.sizeBytes() : 0);
                    return;
                }
            }
        }
        FileScan.below(host.openDirectory(path), () -> closed, status -> bytes.add(status.sizeBytes()));
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
