package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.core.capture.CaptureResult;
import dev.strandline.core.history.KeptTrees;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.ChangedPaths;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.snapshot.SystemState;
import dev.strandline.core.snapshot.Trigger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes a snapshot record of what was captured and commits it.
 *
 * @param time when the capture began, or as the user says
 */
record SnapshotTaker(
        Context context,
        String hostname,
        Instant time,
        String message,
        List<String> tags,
        Trigger trigger,
        boolean pinned) {

    /** Trees that a run remembers to tell what has changed: those of a change of many directories need not be. */
    static final long MAX_KEPT_BYTES = 4 << 20;

    /** The host's name as the kernel has it, without asking a name server where the kernel tells. */
    static String hostname(Context context) {
        var named = context.variable("STRANDLINE_HOST");
        if (named.isPresent() && named.get().isBlank()) {
            throw new UsageException("STRANDLINE_HOST is no name");
        }
        return named.or(() -> context.configuration().get().host())
                .or(SnapshotTaker::kernelHostname)
                .orElseGet(() -> {
                    try {
                        return InetAddress.getLocalHost().getHostName();
                    } catch (UnknownHostException _) {
                        return "localhost";
                    }
                });
    }

    private static Optional<String> kernelHostname() {
        try {
            return Optional.of(Files.readString(Path.of("/proc/sys/kernel/hostname"))
                            .strip())
                    .filter(name -> !name.isEmpty());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /**
     * The newest snapshot of the same paths on the same host that is not from the future; when there is none, because a
     * path was missing then or is new now, the newest of some of them.
     */
    Optional<Snapshot> parent(List<Snapshot> snapshots, List<FilePath> paths) {
        var wanted = FilePath.outermost(paths);
        var candidates = snapshots.reversed().stream()
                .filter(snapshot -> mayFollow(snapshot) && new HashSet<>(wanted).containsAll(rootPaths(snapshot)))
                .toList();
        return candidates.stream()
                .filter(snapshot -> rootPaths(snapshot).equals(wanted))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    /** Whether this run can be compared with a snapshot: of the same host, and not from the future. */
    boolean mayFollow(Snapshot snapshot) {
        return snapshot.record().hostname().equals(hostname)
                && !snapshot.record().time().isAfter(time);
    }

    /**
     * The place of a new snapshot of these paths in the order of all of this host, after any that there is, also one from the
     * future: the clock may have been wrong then, or be wrong now.
     */
    long nextSequence(List<Snapshot> snapshots, List<FilePath> paths) {
        var wanted = FilePath.outermost(paths);
        return 1
                + snapshots.stream()
                        .filter(snapshot -> snapshot.record().hostname().equals(hostname)
                                && snapshot.record().places().equals(wanted))
                        .mapToLong(snapshot -> snapshot.record().sequence().orElse(0))
                        .max()
                        .orElse(0);
    }

    private static List<FilePath> rootPaths(Snapshot snapshot) {
        return snapshot.record().roots().stream().map(SnapshotRoot::path).toList();
    }

    /** Completes and commits the snapshot; durable when this returns. */
    Snapshot commit(
            KeptTrees writer,
            CaptureResult result,
            List<String> excludes,
            List<SystemState> systemState,
            Optional<Snapshot> parent,
            OptionalLong sequence,
            Duration duration)
            throws RepositoryException {
        writer.flush();
        var changes = parent.isEmpty() || parent.get().record().roots().equals(result.roots())
                ? Optional.<ChangedPaths>empty()
                : writer.changesSince(parent.get(), result.roots());
        var record = record(writer, result, excludes, systemState, parent, duration)
                .with(changes)
                .with(sequence);
        writer.commit(record);
        return new Snapshot(writer.id(), record);
    }

    /** The record as it would be committed. */
    SnapshotRecord record(
            SnapshotWriter writer,
            CaptureResult result,
            List<String> excludes,
            List<SystemState> systemState,
            Optional<Snapshot> parent,
            Duration duration) {
        return new SnapshotRecord(
                time,
                context.offset(time),
                hostname,
                System.getProperty("user.name", "unknown"),
                "strandline " + context.version(),
                message,
                tags,
                trigger,
                result.roots(),
                excludes,
                result.absent(),
                systemState,
                pinned,
                parent.map(Snapshot::id),
                result.counts().toTotals(writer.addedBytes(), writer.storedBytes(), duration),
                result.problems());
    }
}
