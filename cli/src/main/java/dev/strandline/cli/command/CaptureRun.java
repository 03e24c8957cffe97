package dev.strandline.cli.command;

import dev.strandline.cli.configuration.ConfiguredSource;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.Restart;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.output.CaptureRenderer;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.ProgressDisplay;
import dev.strandline.cli.unattended.Attendance;
import dev.strandline.cli.unattended.SourceGuards;
import dev.strandline.cli.unattended.SourcePlan;
import dev.strandline.cli.unattended.StateRecorder;
import dev.strandline.core.capture.Capture;
import dev.strandline.core.capture.CaptureCancelledException;
import dev.strandline.core.capture.CaptureOptions;
import dev.strandline.core.capture.CaptureProgress;
import dev.strandline.core.capture.CaptureResult;
import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.capture.FilesCache;
import dev.strandline.core.capture.SourceScan;
import dev.strandline.core.history.KeptTrees;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.OwnerNames;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.snapshot.SystemState;
import dev.strandline.store.repository.Repositories;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Captures what was asked for into an open repository. One use. */
final class CaptureRun {
    private final Context context;
    private final Output output;
    private final Request request;
    private final Repository repository;
    private final Repositories.Opened opened;
    private final SnapshotTaker taker;
    private final Attendance attendance;
    private final CaptureProgress progress = new CaptureProgress();
    private final Instant started;

    /**
     * What was asked for.
     *
     * @param standardInput the name of the file that standard input becomes, which then is all that is captured
     * @param force compare with no earlier snapshot
     * @param isOrdered it is taken now, after all that were taken before, and not of a time that the user gives
     * @param skipIfUnchanged save nothing when nothing has changed
     * @param guarded hold it against the guards of its sources
     * @param maximumReadBytes with more to read, the run ends with a {@link CaptureCancelledException}
     */
    record Request(
            SourcePlan plan,
            Optional<FileName> standardInput,
            boolean force,
            boolean isOrdered,
            boolean skipIfUnchanged,
            boolean dryRun,
            boolean guarded,
            int verbosity,
            long maximumReadBytes) {}

    /**
     * What came of it.
     *
     * @param saved empty when nothing was saved for want of changes, or in a dry run
     * @param isCollectionDue whether the repository wants to be collected now
     */
    record Ending(int exitCode, Optional<Snapshot> saved, boolean isCollectionDue) {}

    CaptureRun(
            Context context,
            Output output,
            Request request,
            Repositories.Opened opened,
            SnapshotTaker taker,
            Attendance attendance) {
        this.context = context;
        this.output = output;
        this.request = request;
        this.repository = opened.repository();
        this.opened = opened;
        this.taker = taker;
        this.attendance = attendance;
        this.started = context.clock().instant();
    }

    Ending run() throws RepositoryException {
        context.interruption().beginWork();
        if (request.dryRun) {
            return capture(request.plan.sources());
        }
        attendance.beginRun();
        try {
            return capture(attendance.beginSources());
        } finally {
            // For whatever ended the run before its capture had.
            attendance.endSources(Optional.empty());
        }
    }

    private Ending capture(List<ConfiguredSource> sources) throws RepositoryException {
        if (sources.isEmpty() && request.standardInput.isEmpty()) {
            throw nothingCaptured();
        }
        if (request.guarded) {
            SourceGuards.requireMounts(sources);
        }
        var captured = sources.stream().map(ConfiguredSource::capture).toList();
        var paths = captured.stream().map(CaptureSource::path).toList();
        var renderer = new CaptureRenderer(output, request.verbosity, request.dryRun);
        try (var writer = new KeptTrees(
                        request.dryRun ? repository.rehearse() : repository.write(), SnapshotTaker.MAX_KEPT_BYTES);
                var past = past(writer, paths)) {
            var capture = engine(captured, renderer, maximumReadBytes(past, paths));
            var result = capture(capture, writer, past, paths);
            output.endWarnings();
            if (result.roots().isEmpty()) {
                throw nothingCaptured();
            }
            if (request.guarded) {
                SourceGuards.requireFiles(sources, result, path -> lastWith(past.parent(), path));
            }
            if (request.skipIfUnchanged && !request.dryRun && isUnchanged(past, result)) {
                renderer.skipped(past.parent().orElseThrow());
                return new Ending(code(result), Optional.empty(), false);
            }
            return commit(capture, writer, past, result, captured, renderer);
        }
    }

    /** Without an earlier capture all has to be read; how much that is can be known before. */
    private long maximumReadBytes(CapturePast past, List<FilePath> paths) {
        if (past.earlier().isPresent() || request.maximumReadBytes == Long.MAX_VALUE) {
            return request.maximumReadBytes;
        }
        if (!SourceScan.isAtMost(context.host(), paths, Restart.MAX_QUICK_BYTES)) {
            throw new CaptureCancelledException();
        }
        return Long.MAX_VALUE;
    }

    private Capture engine(List<CaptureSource> sources, CaptureRenderer renderer, long maximumReadBytes) {
        var interruption = context.interruption();
        return new Capture(
                context.host(),
                repository.gearTable(),
                new CaptureOptions(sources, OwnPlaces.of(context, opened), context.workerCount()),
                renderer,
                progress,
                () -> interruption.isRequested() || progress.bytesToRead() > maximumReadBytes);
    }

    private CaptureResult capture(Capture capture, SnapshotWriter writer, CapturePast past, List<FilePath> paths)
            throws RepositoryException {
        CaptureResult result;
        try (var _ = display(past.parent(), paths)) {
            result = request.standardInput.isPresent()
                    ? captureStandardInput(capture, writer, request.standardInput.get())
                    : past.capture(capture, writer, repository);
        }
        result = result.with(attendance.problems());
        if (!request.dryRun) {
            attendance.endSources(Optional.of(result));
        }
        return result;
    }

    private CaptureResult captureStandardInput(Capture capture, SnapshotWriter writer, FileName name)
            throws RepositoryException {
        try {
            return capture.run(writer, context.stdin(), FilePath.ROOT.resolve(name), taker.time());
        } catch (IOException e) {
            throw new RefusedException("standard input can't be read: " + e.getMessage(), "Nothing was saved.");
        }
    }

    private Ending commit(
            Capture capture,
            KeptTrees writer,
            CapturePast past,
            CaptureResult result,
            List<CaptureSource> captured,
            CaptureRenderer renderer)
            throws RepositoryException {
        var states = new ArrayList<SystemState>();
        if (!request.dryRun) {
            states.addAll(StateRecorder.record(
                    request.plan.systemState(), capture, writer, taker.time(), context.interruption()));
            if (request.standardInput.isEmpty()) {
                states.addAll(owners(writer));
            }
        }
        if (!context.interruption().beginCommit()) {
            throw new CaptureCancelledException();
        }
        var excludes = captured.stream()
                .flatMap(source -> source.excludes().texts().stream())
                .distinct()
                .toList();
        var duration = Duration.between(started, context.clock().instant());
        var snapshot =
                taker.commit(writer, result, excludes, states, past.parent(), sequence(past, captured), duration);
        renderer.saved(snapshot);
        past.committed(writer);
        return request.dryRun
                ? new Ending(code(result), Optional.empty(), false)
                : new Ending(code(result), Optional.of(snapshot), repository.isCollectionDue());
    }

    private List<SystemState> owners(SnapshotWriter writer) throws RepositoryException {
        OwnerNames owners;
        try {
            owners = StateRecorder.owners(context.host());
        } catch (IOException e) {
            output.warning("the names of users and groups were not kept: " + e.getMessage());
            return List.of();
        }
        return StateRecorder.record(owners, writer);
    }

    private static boolean isUnchanged(CapturePast past, CaptureResult result) {
        return past.parent().isPresent() && past.parent().get().record().roots().equals(result.roots());
    }

    private static RefusedException nothingCaptured() {
        return new RefusedException(
                "nothing could be captured, so nothing was saved", "Check the paths and their permissions.");
    }

    private static int code(CaptureResult result) {
        return result.counts().unreadable() == 0 ? ExitCode.DONE : ExitCode.PARTIAL;
    }

    /** What is known of these paths; standard input has no past, and who forces wants none. */
    private CapturePast past(SnapshotWriter writer, List<FilePath> paths) throws RepositoryException {
        if (request.standardInput.isPresent()) {
            return CapturePast.NONE;
        }
        var cache = FilesCache.of(
                RepositoryOptions.cacheDirectory(context),
                repository.id(),
                paths,
                context.host().effectiveUserId());
        var past = request.force ? CapturePast.NONE : CapturePast.of(cache, repository, writer, taker);
        if (past.parent().isEmpty() && !request.force) {
            past = CapturePast.of(parent(paths));
        }
        return request.dryRun ? past : past.recordedBy(cache.record(writer.id(), started));
    }

    private Optional<Snapshot> parent(List<FilePath> paths) throws RepositoryException {
        var listing = repository.snapshots();
        listing.damaged().forEach(output::passedOver);
        return taker.parent(listing.snapshots(), paths);
    }

    /** Told by the snapshot of the files cache, which was the last, else looked for. */
    private OptionalLong sequence(CapturePast past, List<CaptureSource> captured) throws RepositoryException {
        if (!request.isOrdered || request.standardInput.isPresent()) {
            return OptionalLong.empty();
        }
        var last = past.earlier().isEmpty() ? Optional.<Snapshot>empty() : past.parent();
        var known = last.map(Snapshot::record).map(SnapshotRecord::sequence).orElse(OptionalLong.empty());
        var paths = captured.stream().map(CaptureSource::path).toList();
        return OptionalLong.of(
                known.isPresent()
                        ? known.getAsLong() + 1
                        : taker.nextSequence(repository.snapshots().snapshots(), paths));
    }

    /** The snapshot that this run is compared with, where it counted the files at the path, else an older one that did. */
    private Optional<Snapshot> lastWith(Optional<Snapshot> parent, FilePath path) throws RepositoryException {
        if (parent.isPresent() && SourceGuards.files(parent.get(), path).isPresent()) {
            return parent;
        }
        return repository.snapshots().snapshots().reversed().stream()
                .filter(snapshot -> taker.mayFollow(snapshot)
                        && SourceGuards.files(snapshot, path).isPresent())
                .findFirst();
    }

    private ProgressDisplay.Shown display(Optional<Snapshot> parent, List<FilePath> paths) {
        if (!output.showsProgress()) {
            return () -> {};
        }
        if (parent.isPresent() || paths.isEmpty()) {
            // What the last snapshot had is the best guess of how much there is; of standard input there is none.
            long expected =
                    parent.map(snapshot -> snapshot.record().totals().bytes()).orElse(-1L);
            return ProgressDisplay.start("snapshot", () -> expected, progress::bytes, progress::files)::close;
        }
        var scan = SourceScan.start(context.host(), paths);
        var bar = ProgressDisplay.start("snapshot", scan::totalBytes, progress::bytes, progress::files);
        return () -> {
            scan.close();
            bar.close();
        };
    }
}
