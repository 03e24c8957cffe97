package dev.strandline.cli.command;

import dev.strandline.cli.checkpoint.Checkpoint;
import dev.strandline.cli.environment.Context;
import dev.strandline.core.capture.Capture;
import dev.strandline.core.capture.CaptureCancelledException;
import dev.strandline.core.capture.CaptureListener;
import dev.strandline.core.capture.CaptureOptions;
import dev.strandline.core.capture.CaptureProgress;
import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.history.KeptTrees;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.store.repository.Repositories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Makes snapshots of checkpoints, one after the other, each compared with the newest one before it. Knows those that were
 * made by an earlier run: of the same host, path and second, and tagged {@value #TAG}. One thread.
 */
final class CheckpointImporter {
    /** What every snapshot of a checkpoint is tagged with. */
    static final String TAG = "imported";

    private final Context context;
    private final Repositories.Opened opened;
    private final CaptureListener listener;
    private final CaptureProgress progress = new CaptureProgress();
    private final String hostname;
    private final List<String> tags;
    private final List<Snapshot> snapshots;
    private final Set<Moment> imported = new HashSet<>();

    private record Moment(FilePath path, long second) {}

    /**
     * One that is saved.
     *
     * @param storedBytes what the repository has grown by
     */
    record Saved(Snapshot snapshot, long storedBytes) {
        boolean isComplete() {
            return snapshot.record().totals().unreadable() == 0;
        }
    }

    /**
     * @param tags besides the one that all get
     * @param snapshots all of the repository, oldest first
     */
    CheckpointImporter(
            Context context,
            Repositories.Opened opened,
            CaptureListener listener,
            String hostname,
            List<String> tags,
            List<Snapshot> snapshots) {
        this.context = context;
        this.opened = opened;
        this.listener = listener;
        this.hostname = hostname;
        var all = new LinkedHashSet<String>();
        all.add(TAG);
        all.addAll(tags);
        this.tags = List.copyOf(all);
        this.snapshots = new ArrayList<>(snapshots);
        for (var snapshot : snapshots) {
            var record = snapshot.record();
            if (record.hostname().equals(hostname) && record.tags().contains(TAG)) {
                record.roots()
                        .forEach(root -> imported.add(
                                new Moment(root.path(), record.time().getEpochSecond())));
            }
        }
    }

    /** Counts over all checkpoints. */
    CaptureProgress progress() {
        return progress;
    }

    boolean isImported(Checkpoint checkpoint) {
        return imported.contains(new Moment(checkpoint.path(), checkpoint.time().getEpochSecond()));
    }

    /**
     * Saves one.
     *
     * @return empty when its folder can't be read, which the listener was told
     * @throws CaptureCancelledException interrupted: it is not saved
     */
    Optional<Saved> save(Checkpoint checkpoint) throws RepositoryException {
        Repository open = opened.repository();
        var interruption = context.interruption();
        var started = context.clock().instant();
        var source = CaptureSource.whole(checkpoint.path()).from(checkpoint.folder());
        var options = new CaptureOptions(List.of(source), OwnPlaces.of(context, opened), context.workerCount());
        var capture =
                new Capture(context.host(), open.gearTable(), options, listener, progress, interruption::isRequested);
        var taker = new SnapshotTaker(
                context, hostname, checkpoint.time(), checkpoint.message(), tags, checkpoint.trigger(), false);
        interruption.beginWork();
        try (var writer = new KeptTrees(open.write(), SnapshotTaker.MAX_KEPT_BYTES);
                var past = CapturePast.of(taker.parent(snapshots, List.of(checkpoint.path())))) {
            var result = past.capture(capture, writer, open);
            if (result.roots().isEmpty()) {
                return Optional.empty();
            }
            if (!interruption.beginCommit()) {
                throw new CaptureCancelledException();
            }
            var duration = Duration.between(started, context.clock().instant());
            var snapshot =
                    taker.commit(writer, result, List.of(), List.of(), past.parent(), OptionalLong.empty(), duration);
            imported.add(new Moment(checkpoint.path(), checkpoint.time().getEpochSecond()));
            snapshots.add(snapshot);
            snapshots.sort(Snapshot.BY_TIME);
            return Optional.of(new Saved(snapshot, writer.storedBytes()));
        }
    }
}
