package dev.strandline.core.capture;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.CaptureProblem;

/** Something that a person may want to know of a capture. Emitted by the thread that runs it, in walk order. */
public sealed interface CaptureEvent {
    /** How an entry compares to the parent snapshot. */
    enum Change {
        NEW,
        CHANGED,
        UNMODIFIED
    }

    record Captured(FilePath path, Change change) implements CaptureEvent {}

    record Problem(CaptureProblem problem) implements CaptureEvent {}

    /** @param reason the pattern or rule that left it out */
    record Excluded(FilePath path, String reason) implements CaptureEvent {}

    /** An {@link OwnPlace} lies inside the source; once a run for each. */
    record OwnPlaceExcluded(FilePath path, String what) implements CaptureEvent {}

    /** A source is a symbolic link, and was captured as one although a person may have meant what it leads to. */
    record LinkKept(FilePath path) implements CaptureEvent {}

    /** Listed, but gone before it could be looked at: it is not in the snapshot. */
    record Vanished(FilePath path) implements CaptureEvent {}

    /** A source that is optional, and not there. */
    record Absent(FilePath path) implements CaptureEvent {}

    record ChangedWhileRead(FilePath path) implements CaptureEvent {}

    /** The parent snapshot can't be read in full; what changed since can't be told for this directory. */
    record ParentUnreadable(FilePath path, String reason) implements CaptureEvent {}
}
