package dev.strandline.core.capture;

import dev.strandline.core.chunk.ChunkSizes;
import dev.strandline.core.chunk.Chunker;
import dev.strandline.core.chunk.GearTable;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
import dev.strandline.core.work.WorkerPool;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Captures folders as trees. One thread walks, one writes the trees, others read files; whatever their timing, equal
 * sources give equal trees. Memory is bounded by the batches in flight, the open directories' names, and the inodes with
 * several names.
 *
 * <p>An unreadable source is data in the result. Trouble with the repository ends the run with a
 * {@link RepositoryException}; {@link #run} then leaves nothing committed, for committing is its caller's.
 */
public final class Capture {
    private final HostFileSystem host;
    private final GearTable gear;
    private final CaptureOptions options;
    private final CaptureListener listener;
    private final CaptureProgress progress;
    private final BooleanSupplier cancelled;

    /** @param cancelled asked often; once true, the run ends with a {@link CaptureCancelledException} */
    public Capture(
            HostFileSystem host,
            GearTable gear,
            CaptureOptions options,
            CaptureListener listener,
            CaptureProgress progress,
            BooleanSupplier cancelled) {
        this.host = host;
        this.gear = gear;
        this.options = options;
        this.listener = RelocatedListener.of(listener, options);
        this.progress = progress;
        this.cancelled = cancelled;
    }

    /** A snapshot to compare with, and where its trees are read. */
    public record Parent(Snapshot snapshot, ChunkSource source) {}

    /** Captures the paths of the options, all files anew. */
    public CaptureResult run(SnapshotWriter writer, Optional<Parent> parent) throws RepositoryException {
        return run(writer, parent, CaptureMemory.NONE);
    }

    /**
     * Captures the paths of the options.
     *
     * @param parent to tell what has changed since; not needed with an earlier capture in {@code memory}
     */
    public CaptureResult run(SnapshotWriter writer, Optional<Parent> parent, CaptureMemory memory)
            throws RepositoryException {
        try (var pool = new WorkerPool<>(
                "capture", options.workerCount(), () -> new FileReader(writer, gear, progress, cancelled))) {
            var capture = new TreeCapture(gear, listener, progress, writer, pool, parent, memory);
            try (var walk = SourceWalk.start(host, options, progress, cancelled)) {
                return capture.run(walk);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CaptureCancelledException();
        }
    }

    /**
     * Captures what {@code input} yields until its end as one file at {@code path}.
     *
     * @throws IOException when the input fails: nothing was captured
     */
    public CaptureResult run(SnapshotWriter writer, InputStream input, FilePath path, Instant now)
            throws RepositoryException, IOException {
        var node = stream(writer, input, now);
        progress.fileDone();
        var counts = new CaptureCounts(1, 0, 0, node.content().sizeBytes(), 1, 0, 0, 0, 0);
        var root = new SnapshotRoot(path, node, OptionalLong.of(1));
        return new CaptureResult(List.of(root), List.of(), counts, List.of(), List.of());
    }

    /**
     * Stores what {@code input} yields until its end, as a file of mode 0600 that the caller owns.
     *
     * @throws IOException when the input fails
     */
    public Node.RegularFile stream(SnapshotWriter writer, InputStream input, Instant now)
            throws RepositoryException, IOException {
        var chunker = new Chunker(gear, ChunkSizes.ORDINARY);
        var stream = new StreamBuilder(writer.openLane(), ChunkKind.DATA, chunker, null);
        byte[] buffer = new byte[64 << 10];
        for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
            if (cancelled.getAsBoolean()) {
                throw new CaptureCancelledException();
            }
            stream.write(buffer, 0, count);
            progress.bytesDone(count);
        }
        int user = host.effectiveUserId();
        var time = new FileTime(now.getEpochSecond(), now.getNano());
        var metadata = new Metadata(0600, user, user, time, List.of(), Optional.empty());
        return new Node.RegularFile(metadata, stream.finish(), false);
    }
}
