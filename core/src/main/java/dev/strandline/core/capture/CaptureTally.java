package dev.strandline.core.capture;

import dev.strandline.core.encoding.Sum;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.CaptureProblem;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.tree.EncodedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts what a walk captures, keeps the first problems and tells the listener. One thread. */
final class CaptureTally {
    private final CaptureListener listener;
    private final List<CaptureProblem> problems = new ArrayList<>();
    private final List<FilePath> absent = new ArrayList<>();
    private long files;
    private long directories;
    private long others;
    private long bytes;
    private long filesNew;
    private long filesChanged;
    private long filesUnmodified;
    private long changedWhileRead;
    private long unreadable;

    CaptureTally(CaptureListener listener) {
        this.listener = listener;
    }

    void captured(Outcome.Captured captured, Supplier<FilePath> path, @Nullable EncodedNode prior) {
        var node = captured.node();
        var change = prior == null
                ? CaptureEvent.Change.NEW
                : prior.equals(node) ? CaptureEvent.Change.UNMODIFIED : CaptureEvent.Change.CHANGED;
        switch (node.type()) {
            case REGULAR -> {
                files++;
                bytes = Sum.saturated(bytes, captured.contentBytes());
                switch (change) {
                    case NEW -> filesNew++;
                    case CHANGED -> filesChanged++;
                    case UNMODIFIED -> filesUnmodified++;
                }
                if (node.changedWhileRead()) {
                    changedWhileRead++;
                    listener.on(new CaptureEvent.ChangedWhileRead(path.get()));
                }
            }
            case DIRECTORY -> directories++;
            case SYMLINK, FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE -> others++;
        }
        if (listener.wantsEntries()) {
            listener.on(new CaptureEvent.Captured(path.get(), change));
        }
    }

    void problem(FilePath path, String reason) {
        unreadable++;
        var problem = new CaptureProblem(path, reason);
        if (problems.size() < SnapshotRecord.MAX_PROBLEMS) {
            problems.add(problem);
        }
        listener.on(new CaptureEvent.Problem(problem));
    }

    void tell(CaptureEvent event) {
        if (event instanceof CaptureEvent.Absent(var path)) {
            absent.add(path);
        }
        listener.on(event);
    }

    CaptureCounts counts() {
        return new CaptureCounts(
                files,
                directories,
                others,
                bytes,
                filesNew,
                filesChanged,
                filesUnmodified,
                changedWhileRead,
                unreadable);
    }

    List<FilePath> absent() {
        return List.copyOf(absent);
    }

    List<CaptureProblem> problems() {
        return List.copyOf(problems);
    }
}
