package dev.strandline.store.testkit;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.capture.Capture;
import dev.strandline.core.capture.CaptureOptions;
import dev.strandline.core.capture.CaptureProgress;
import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.check.CheckReport;
import dev.strandline.core.check.Checker;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.restore.RestoreFilter;
import dev.strandline.core.restore.RestoreListener;
import dev.strandline.core.restore.RestorePlanner;
import dev.strandline.core.restore.RestoreProblem;
import dev.strandline.core.restore.RestoreReport;
import dev.strandline.core.restore.Restorer;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.snapshot.Trigger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Takes, restores and checks snapshots of real folders, with the engines that the commands use. */
public final class SnapshotRuns {
    private static final HostFileSystem HOST = PosixFileSystem.open();
    private static final int WORKERS = 2;

    private SnapshotRuns() {}

    /** What a user says of a snapshot. */
    public record Label(Instant time, String message, List<String> tags, Optional<SnapshotId> parent) {
        public static Label of(int number, Optional<SnapshotId> parent) {
            return new Label(
                    Instant.ofEpochSecond(CrashFileSystem.NOW_SECONDS + number),
                    "snapshot " + number,
                    List.of(),
                    parent);
        }
    }

    /** Captures a folder and commits: durable when this returns. */
    public static Snapshot take(Repository repository, Path source, Label label) throws RepositoryException {
        try (var writer = repository.write()) {
            return take(repository, writer, source, label);
        }
    }

    /** As the other, with a session that the caller opened and closes. */
    public static Snapshot take(Repository repository, SnapshotWriter writer, Path source, Label label)
            throws RepositoryException {
        var record = capture(repository, writer, source, label);
        writer.commit(record);
        return new Snapshot(writer.id(), record);
    }

    /** All of a run but its commit. */
    public static SnapshotRecord capture(Repository repository, SnapshotWriter writer, Path source, Label label)
            throws RepositoryException {
        var options = new CaptureOptions(List.of(CaptureSource.whole(path(source))), List.of(), WORKERS);
        var result = new Capture(HOST, repository.gearTable(), options, _ -> {}, new CaptureProgress(), () -> false)
                .run(writer, Optional.empty());
        writer.flush();
        return new SnapshotRecord(
                label.time(),
                ZoneOffset.UTC,
                "host",
                "user",
                "test",
                label.message(),
                label.tags(),
                Trigger.MANUAL,
                result.roots(),
                List.of(),
                List.of(),
                List.of(),
                false,
                label.parent(),
                result.counts().toTotals(writer.addedBytes(), writer.storedBytes(), Duration.ZERO),
                result.problems());
    }

    /** Brings the entries of the captured folder back into {@code target}, which is new or empty. */
    public static RestoreReport restore(Repository repository, Snapshot snapshot, Path target)
            throws RepositoryException, IOException {
        var chunks = repository.chunks();
        var tree = new SnapshotTree(snapshot, chunks);
        var plan = new RestorePlanner(HOST, chunks)
                .plan(tree, snapshot.record().roots().getFirst().path(), path(target), RestoreFilter.ALL, false);
        var report = new RestoreReport();
        var listener = new RestoreListener() {
            @Override
            public void problem(RestoreProblem problem) {
                report.add(problem);
            }

            @Override
            public void done(FilePath path, long bytes) {}
        };
        new Restorer(HOST, chunks, listener, () -> false).execute(plan);
        return report;
    }

    /** Checks everything, content included. */
    public static CheckReport check(Repository repository) throws RepositoryException {
        return new Checker(repository, _ -> {}, () -> false).check(1);
    }

    public static FilePath path(Path path) {
        return FilePath.of(path.toString());
    }
}
