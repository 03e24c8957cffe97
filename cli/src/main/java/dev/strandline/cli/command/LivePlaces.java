package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.output.Output;
import dev.strandline.core.capture.Capture;
import dev.strandline.core.capture.CaptureEvent;
import dev.strandline.core.capture.CaptureOptions;
import dev.strandline.core.capture.CaptureProgress;
import dev.strandline.core.capture.CaptureResult;
import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.capture.FilesCache;
import dev.strandline.core.capture.SourceLink;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.store.repository.Repositories;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The places of this host that a snapshot captured, as they are now, seen with the same rules.
 *
 * @param scope only the captured places at, below or above it
 */
record LivePlaces(Context context, Output output, Repositories.Opened opened, Snapshot snapshot, FilePath scope) {

    CaptureResult capture(SnapshotWriter writer) throws RepositoryException {
        return capture(writer, CapturePast.of(Optional.of(snapshot)));
    }

    /** The same without reading what the files cache knows to be unchanged since the last snapshot of these places. */
    CaptureResult captureWithCache(SnapshotWriter writer, SnapshotTaker taker) throws RepositoryException {
        var cache = FilesCache.of(
                RepositoryOptions.cacheDirectory(context),
                opened.repository().id(),
                sources().stream().map(CaptureSource::path).toList(),
                context.host().effectiveUserId());
        try (var known = CapturePast.of(cache, opened.repository(), writer, taker)) {
            return known.earlier().isPresent() ? capture(writer, known) : capture(writer);
        }
    }

    private CaptureResult capture(SnapshotWriter writer, CapturePast past) throws RepositoryException {
        var capture = new Capture(
                context.host(),
                opened.repository().gearTable(),
                new CaptureOptions(sources(), OwnPlaces.of(context, opened), context.workerCount()),
                this::onEvent,
                new CaptureProgress(),
                context.interruption()::isRequested);
        return past.capture(capture, writer, opened.repository());
    }

    private List<CaptureSource> sources() {
        var record = snapshot.record();
        // Of a place that was not there at all, the snapshot knows just that.
        return Stream.concat(record.roots().stream().map(SnapshotRoot::path), record.absent().stream())
                .filter(path -> path.startsWith(scope) || scope.startsWith(path))
                .map(this::source)
                .toList();
    }

    /** The places that are captured through a symbolic link, as the configuration says. */
    Set<FilePath> followed() {
        return sources().stream()
                .filter(source -> source.link() == SourceLink.FOLLOW)
                .map(CaptureSource::path)
                .collect(Collectors.toSet());
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
                        configured.excludeLargerThanBytes())
                // Only a configuration says so for sure; what a link leads to now, anybody may have changed.
                .with(configured.link() == SourceLink.FOLLOW ? SourceLink.FOLLOW : SourceLink.KEEP);
    }
}
