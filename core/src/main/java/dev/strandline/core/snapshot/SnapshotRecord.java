package dev.strandline.core.snapshot;

import dev.strandline.core.fs.CalendarTime;
import dev.strandline.core.path.FilePath;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One captured moment: root trees, and when, where and why.
 *
 * @param time when the capture began
 * @param offset the host's offset from UTC at that time, for display
 * @param program name and version of what wrote it
 * @param message what the user said of it, may be empty
 * @param roots ordered by path, none below another
 * @param excludes the patterns that were left out
 * @param absent optional sources that were not there
 * @param systemState what commands told beside the files
 * @param pinned whether no policy may forget it
 * @param parent the snapshot that this one was compared with
 * @param changes what differs from the parent; empty when that is not known or too much
 * @param sequence in which order the snapshots of one host and the same paths were taken, whatever its clock showed: a later
 *     one has a higher number. Empty when that is not known, or the time is the user's
 * @param problems the first {@value #MAX_PROBLEMS} sources that could not be captured; the totals have their number
 */
public record SnapshotRecord(
        Instant time,
        ZoneOffset offset,
        String hostname,
        String username,
        String program,
        String message,
        List<String> tags,
        Trigger trigger,
        List<SnapshotRoot> roots,
        List<String> excludes,
        List<FilePath> absent,
        List<SystemState> systemState,
        boolean pinned,
        Optional<SnapshotId> parent,
        SnapshotTotals totals,
        List<CaptureProblem> problems,
        Optional<ChangedPaths> changes,
        OptionalLong sequence) {
    /** So that a record stays small. */
    public static final int MAX_PROBLEMS = 100;

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    public SnapshotRecord {
        tags = List.copyOf(tags);
        roots = List.copyOf(roots);
        excludes = List.copyOf(excludes);
        absent = List.copyOf(absent);
        systemState = List.copyOf(systemState);
        problems = List.copyOf(problems);
        for (int i = 1; i < roots.size(); i++) {
            var path = roots.get(i).path();
            var before = roots.get(i - 1).path();
            if (before.compareTo(path) >= 0 || path.startsWith(before)) {
                throw new IllegalArgumentException("roots are not in order: " + before + ", " + path);
            }
        }
    }

    /** With changes and a sequence that are not known. */
    public SnapshotRecord(
            Instant time,
            ZoneOffset offset,
            String hostname,
            String username,
            String program,
            String message,
            List<String> tags,
            Trigger trigger,
            List<SnapshotRoot> roots,
            List<String> excludes,
            List<FilePath> absent,
            List<SystemState> systemState,
            boolean pinned,
            Optional<SnapshotId> parent,
            SnapshotTotals totals,
            List<CaptureProblem> problems) {
        this(
                time,
                offset,
                hostname,
                username,
                program,
                message,
                tags,
                trigger,
                roots,
                excludes,
                absent,
                systemState,
                pinned,
                parent,
                totals,
                problems,
                Optional.empty(),
                OptionalLong.empty());
    }

    /** The same with what has changed since the parent. */
    public SnapshotRecord with(Optional<ChangedPaths> known) {
        return copy(roots, absent, known, sequence);
    }

    /** The same with its place in the order of snapshots. */
    public SnapshotRecord with(OptionalLong newSequence) {
        return copy(roots, absent, changes, newSequence);
    }

    /** The same trees elsewhere. */
    public SnapshotRecord at(List<SnapshotRoot> others) {
        return copy(others, List.of(), Optional.empty(), sequence);
    }

    private SnapshotRecord copy(
            List<SnapshotRoot> newRoots,
            List<FilePath> newAbsent,
            Optional<ChangedPaths> newChanges,
            OptionalLong newSequence) {
        return new SnapshotRecord(
                time,
                offset,
                hostname,
                username,
                program,
                message,
                tags,
                trigger,
                newRoots,
                excludes,
                newAbsent,
                systemState,
                pinned,
                parent,
                totals,
                problems,
                newChanges,
                newSequence);
    }

    /** Whose captures it is one of: its roots, and the optional sources that were not there; in order. */
    public List<FilePath> places() {
        return Stream.concat(roots.stream().map(SnapshotRoot::path), absent.stream())
                .sorted()
                .toList();
    }

    /** The UTC time as {@code 20251116-151944}, or the nearest that can be written so. */
    public String name() {
        return NAME.format(CalendarTime.nearest(time));
    }
}
