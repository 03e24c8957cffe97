package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.output.Output;
import dev.strandline.core.capture.Capture;
import dev.strandline.core.capture.CaptureEvent;
import dev.strandline.core.capture.CaptureOptions;
import dev.strandline.core.capture.CaptureProgress;
import dev.strandline.core.capture.CaptureResult;
import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.store.repository.Repositories;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The places of this host that a snapshot captured, as they are now, seen with the same rules.
 *
 * @param scope only the captured places at, below or above it
 */
record LivePlaces(Context context, Output output, Repositories.Opened opened, Snapshot snapshot, FilePath scope) {

    CaptureResult capture(SnapshotWriter writer) throws RepositoryException {
        var record = snapshot.record();
        // Of a place that was not there at all, the snapshot knows just that.
        var sources = Stream.concat(record.roots().stream().map(SnapshotRoot::path), record.absent().stream())
                .filter(path -> path.startsWith(scope) || scope.startsWith(path))
                .map(this::source)
                .toList();
        var repository = opened.repository();
        return new Capture(
                        context.host(),
                        repository.gearTable(),
                        new CaptureOptions(sources, List.of(opened.directory()), context.workerCount()),
                        this::onEvent,
                        new CaptureProgress(),
                        context.interruption()::isRequested)
                .run(writer, Optional.of(new Capture.Parent(snapshot, repository.chunks())));
    }

    private void onEvent(CaptureEvent event) {
        if (event instanceof CaptureEvent.Problem(var problem)) {
            output.warning("can't be read: " + problem.path().display() + ": " + problem.reason());
        }
    }

    /** With the rules of the configuration, else with the patterns that the snapshot was taken with. */
    private CaptureSource source(FilePath path) {
        var configured = context.configuration().get().captureSources().stream()
                .filter(source -> source.path().equals(path))
                .findFirst()
                .orElseGet(() -> CaptureSource.whole(path));
        return new CaptureSource(
                path,
                true,
                IgnoreRules.of(snapshot.record().excludes()).and(configured.excludes()),
                configured.oneFileSystem(),
                configured.excludeCaches(),
                configured.excludeIfPresent(),
                configured.excludeLargerThanBytes());
    }
}
