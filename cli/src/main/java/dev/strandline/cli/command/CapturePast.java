package dev.strandline.cli.command;

import dev.strandline.core.capture.Capture;
import dev.strandline.core.capture.CaptureMemory;
import dev.strandline.core.capture.CaptureRecorder;
import dev.strandline.core.capture.CaptureResult;
import dev.strandline.core.capture.EarlierCapture;
import dev.strandline.core.capture.FilesCache;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.Snapshot;
import java.util.Optional;

/**
 * What a capture starts from: the snapshot before it, and where there is one the files cache of that snapshot, with which
 * neither its trees nor unchanged files need to be read.
 */
record CapturePast(Optional<Snapshot> parent, Optional<EarlierCapture> earlier, Optional<CaptureRecorder> recorder)
        implements AutoCloseable {
    static final CapturePast NONE = new CapturePast(Optional.empty(), Optional.empty(), Optional.empty());

    static CapturePast of(Optional<Snapshot> parent) {
        return new CapturePast(parent, Optional.empty(), Optional.empty());
    }

    /** The past that a files cache knows; none when its snapshot or anything that it relies on is gone. */
    static CapturePast of(FilesCache cache, Repository open, SnapshotWriter writer, SnapshotTaker taker)
            throws RepositoryException {
        var earlier = cache.open();
        if (earlier.isEmpty()) {
            return NONE;
        }
        var snapshot = open.snapshot(earlier.get().snapshot()).filter(taker::mayFollow);
        if (snapshot.isPresent() && writer.presume(earlier.get().recalled())) {
            return new CapturePast(snapshot, earlier, Optional.empty());
        }
        earlier.get().close();
        return NONE;
    }

    CapturePast recordedBy(Optional<CaptureRecorder> newRecorder) {
        return new CapturePast(parent, earlier, newRecorder);
    }

    CaptureResult capture(Capture capture, SnapshotWriter writer, Repository open) throws RepositoryException {
        var memory = new CaptureMemory(earlier, recorder);
        if (earlier.isPresent() || parent.isEmpty()) {
            return capture.run(writer, Optional.empty(), memory);
        }
        return capture.run(writer, Optional.of(new Capture.Parent(parent.get(), open.chunks())), memory);
    }

    /** Keeps what was recorded for the next capture. */
    void committed(SnapshotWriter writer) {
        recorder.ifPresent(recording -> recording.publish(writer.recall()));
    }

    @Override
    public void close() {
        earlier.ifPresent(EarlierCapture::close);
        recorder.ifPresent(CaptureRecorder::close);
    }
}
