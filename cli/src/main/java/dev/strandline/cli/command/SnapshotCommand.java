package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.Restart;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.SelectionOptions;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.options.Triggers;
import dev.strandline.cli.output.CaptureRenderer;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.ProgressDisplay;
import dev.strandline.core.capture.Capture;
import dev.strandline.core.capture.CaptureCancelledException;
import dev.strandline.core.capture.CaptureOptions;
import dev.strandline.core.capture.CaptureProgress;
import dev.strandline.core.capture.CaptureResult;
import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.capture.FilesCache;
import dev.strandline.core.capture.SourceScan;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.BusyException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.TimeExpression;
import dev.strandline.core.snapshot.Trigger;
import dev.strandline.store.repository.Repositories;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Captures folders as a snapshot. */
public final class SnapshotCommand implements Command, Syntax.Shared {
    /** As much as the quick compiler's code reads in about the time that another start would take. */
    private static final long MAX_QUICK_BYTES = 16 << 20;

    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();
    private final SelectionOptions selection = new SelectionOptions();

    private List<String> arguments = new ArrayList<>();
    private String message = "";
    private List<String> tags = new ArrayList<>();
    private @Nullable String host;
    private @Nullable String time;
    private Trigger trigger;
    private @Nullable String ifRunning;
    private boolean stdin;
    private @Nullable String stdinFilename;
    private boolean force;
    private boolean skipIfUnchanged;
    private boolean dryRun;

    public SnapshotCommand(Context context) {
        this(context, Trigger.MANUAL);
    }

    /** @param trigger what makes it happen, where no option says so */
    SnapshotCommand(Context context, Trigger trigger) {
        this.context = context;
        this.trigger = trigger;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(this, "snapshot", "Capture folders and files as a snapshot.")
                .aliases("backup", "create")
                .exitCodes(
                        "0:saved",
                        "1:failed, nothing was saved",
                        "2:wrong usage",
                        "3:saved, but some files could not be read",
                        "10:no repository",
                        "11:another snapshot is running, with --if-running fail",
                        "12:wrong key",
                        "13:damage found",
                        "130:interrupted, nothing was saved")
                .with(this)
                .arguments(
                        "PATH",
                        "What to capture; without, the sources of the configuration.",
                        values -> arguments = values)
                .spec();
    }

    @Override
    public void declare(Syntax syntax) {
        syntax.with(repository)
                .with(outputOptions)
                .with(selection)
                .text("-m,--message", "TEXT", "Say what this snapshot is for.", value -> message = value)
                .listedTexts("--tag", "TAG", "Mark it. Repeatable.", values -> tags = values)
                .text("--host", "NAME", "As if taken on this host; else $STRANDLINE_HOST.", value -> host = value)
                .text("--time", "TIME", "As if taken at this time.", value -> time = value)
                .text(
                        "--trigger",
                        "TRIGGER",
                        "What made it happen: manual (default), scheduled (refused where the configuration forbids it) or run.",
                        value -> trigger = Triggers.of(value))
                .text(
                        "--if-running",
                        "ACTION",
                        "While another snapshot into this repository runs on this host: skip, wait or fail; else both run.",
                        value -> ifRunning = value)
                .flag("--stdin", "Capture standard input as one file.", value -> stdin = value)
                .text("--stdin-filename", "NAME", "The file's name; default: stdin.", value -> stdinFilename = value)
                .flag(
                        "-f,--force",
                        "Compare with no earlier snapshot: read and count everything as new.",
                        value -> force = value)
                .flag("--skip-if-unchanged", "Save nothing when nothing has changed.", value -> skipIfUnchanged = value)
                .flag("-n,--dry-run", "Save nothing; say what would be saved.", value -> dryRun = value);
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        if (stdinFilename != null && !stdin) {
            throw new UsageException("--stdin-filename needs --stdin");
        }
        if (stdin || selection.readsStandardInput()) {
            context.restart().ifPresent(Restart::run);
        }
        if (trigger == Trigger.SCHEDULED
                && !context.configuration().get().policy().scheduled()) {
            throw new RefusedException(
                    "scheduled snapshots are switched off on this host",
                    "The configuration says scheduled = false; without --trigger a snapshot is taken all the same.");
        }
        var sources = sources();
        if (context.restart().isPresent()) {
            var code = mayStartOver() ? attempt(output, sources) : Optional.<Integer>empty();
            if (code.isPresent()) {
                return code.get();
            }
            context.restart().get().run();
        }
        return snapshot(output, sources, Long.MAX_VALUE);
    }

    /** What the command line names, else what the configuration does. */
    private List<CaptureSource> sources() {
        var named = selection.sources(context, arguments);
        if (stdin) {
            if (!named.isEmpty()) {
                throw new UsageException("--stdin takes no paths");
            }
            return named;
        }
        if (named.isEmpty() && !selection.namesPaths()) {
            named = selection.refined(context, context.configuration().get().captureSources());
        }
        if (named.isEmpty()) {
            throw new UsageException(
                    "nothing to capture was named: give at least one PATH, or write [[source]] into the"
                            + " configuration");
        }
        return named;
    }

    /** Whether all could be done again from the start, and nobody would notice. */
    private boolean mayStartOver() {
        return outputOptions.verbosity() == 0 && repository.opensAtOnce(context);
    }

    /** Takes the snapshot, unless there is so much to read that another compiler pays for its start. */
    private Optional<Integer> attempt(Output output, List<CaptureSource> sources) throws RepositoryException {
        output.hold();
        try {
            return Optional.of(snapshot(output, sources, MAX_QUICK_BYTES));
        } catch (CaptureCancelledException e) {
            if (context.interruption().isRequested()) {
                throw e;
            }
            output.forget();
            return Optional.empty();
        } finally {
            output.release();
        }
    }

    /** @param maximumReadBytes with more to read, this ends with a {@link CaptureCancelledException} */
    private int snapshot(Output output, List<CaptureSource> sources, long maximumReadBytes) throws RepositoryException {
        var _ = time(); // a wrong one is refused before anything is opened
        var opened = repository.open(context, output::note);
        try (var open = opened.repository();
                var turn = turn(open)) {
            if (!turn.isOurs()) {
                output.answer().println("another snapshot is running, so this one was skipped");
                return ExitCode.DONE;
            }
            var taker = new SnapshotTaker(
                    context,
                    host == null ? SnapshotTaker.hostname(context) : host,
                    time(),
                    message,
                    List.copyOf(tags),
                    trigger);
            return take(open, opened, output, taker, sources, maximumReadBytes);
        }
    }

    /** Waits for other runs, or doesn't, as the user says. */
    private Turn turn(Repository open) throws RepositoryException {
        if (ifRunning == null) {
            return Turn.NOT_NEEDED;
        }
        var folder = RepositoryOptions.cacheDirectory(context).resolve(open.id());
        return switch (ifRunning) {
            case "skip" -> Turn.ifFree(folder);
            case "wait" -> Turn.await(folder);
            case "fail" -> {
                var turn = Turn.ifFree(folder);
                if (!turn.isOurs()) {
                    throw new BusyException(
                            "another snapshot into this repository is running on this host",
                            "Run again when it has ended.");
                }
                yield turn;
            }
            default -> throw new UsageException("--if-running is skip, wait or fail, not '" + ifRunning + "'");
        };
    }

    private Instant time() {
        var now = context.clock().instant();
        if (time == null) {
            return now;
        }
        return TimeExpression.parse(time, now, context.zone())
                .orElseThrow(() ->
                        new UsageException("'" + time + "' is no time: write one like " + TimeExpression.EXAMPLES));
    }

    private int take(
            Repository open,
            Repositories.Opened opened,
            Output output,
            SnapshotTaker taker,
            List<CaptureSource> sources,
            long maximumReadBytes)
            throws RepositoryException {
        var paths = sources.stream().map(CaptureSource::path).toList();
        var started = context.clock().instant();
        var progress = new CaptureProgress();
        var options = new CaptureOptions(sources, List.of(opened.directory()), context.workerCount());
        var renderer = new CaptureRenderer(output, outputOptions.verbosity(), dryRun);
        var interruption = context.interruption();
        var capture = new Capture(
                context.host(),
                open.gearTable(),
                options,
                renderer,
                progress,
                () -> interruption.isRequested() || progress.bytesToRead() > maximumReadBytes);
        interruption.beginWork();
        try (var writer = dryRun ? open.rehearse() : open.write();
                var past = past(open, output, writer, taker, paths, started)) {
            if (past.earlier().isEmpty() && maximumReadBytes < Long.MAX_VALUE) {
                // All has to be read, however much that is.
                throw new CaptureCancelledException();
            }
            var parent = past.parent();
            CaptureResult result;
            try (var _ = display(output, parent, progress, paths)) {
                result = stdin ? captureStdin(capture, writer, taker) : past.capture(capture, writer, open);
            }
            output.endWarnings();
            if (result.roots().isEmpty()) {
                throw new RefusedException(
                        "nothing could be captured, so nothing was saved", "Check the paths and their permissions.");
            }
            if (skipIfUnchanged
                    && !dryRun
                    && parent.isPresent()
                    && parent.get().record().roots().equals(result.roots())) {
                renderer.skipped(parent.get());
                return code(result);
            }
            if (!interruption.beginCommit()) {
                throw new CaptureCancelledException();
            }
            var duration = Duration.between(started, context.clock().instant());
            renderer.saved(taker.commit(writer, result, excludes(sources), parent, duration));
            past.committed(writer);
            return code(result);
        }
    }

    /** What is known of these paths; standard input has no past, and who forces wants none. */
    private CapturePast past(
            Repository open,
            Output output,
            SnapshotWriter writer,
            SnapshotTaker taker,
            List<FilePath> paths,
            Instant started)
            throws RepositoryException {
        if (stdin) {
            return CapturePast.NONE;
        }
        var cache = FilesCache.of(
                RepositoryOptions.cacheDirectory(context),
                open.id(),
                paths,
                context.host().effectiveUserId());
        var past = force || dryRun ? CapturePast.NONE : CapturePast.of(cache, open, writer, taker);
        if (past.parent().isEmpty() && !force) {
            past = CapturePast.of(parent(open, output, taker, paths));
        }
        return dryRun ? past : past.recordedBy(cache.record(writer.id(), started));
    }

    private static List<String> excludes(List<CaptureSource> sources) {
        return sources.stream()
                .flatMap(source -> source.excludes().texts().stream())
                .distinct()
                .toList();
    }

    private static int code(CaptureResult result) {
        return result.counts().unreadable() == 0 ? ExitCode.DONE : ExitCode.PARTIAL;
    }

    private static Optional<Snapshot> parent(Repository open, Output output, SnapshotTaker taker, List<FilePath> paths)
            throws RepositoryException {
        var listing = open.snapshots();
        listing.damaged().forEach(damage -> output.warning("damaged, passed over: " + damage.getMessage()));
        return taker.parent(listing.snapshots(), paths);
    }

    private AutoCloseableDisplay display(
            Output output, Optional<Snapshot> parent, CaptureProgress progress, List<FilePath> paths) {
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

    /** Closes without an exception. */
    interface AutoCloseableDisplay extends AutoCloseable {
        @Override
        void close();
    }

    private CaptureResult captureStdin(Capture capture, SnapshotWriter writer, SnapshotTaker taker)
            throws RepositoryException {
        FileName name;
        try {
            name = FileName.of(stdinFilename == null ? "stdin" : stdinFilename);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--stdin-filename: " + e.getMessage());
        }
        try {
            return capture.run(writer, context.stdin(), FilePath.ROOT.resolve(name), taker.time());
        } catch (IOException e) {
            throw new RefusedException("standard input can't be read: " + e.getMessage(), "Nothing was saved.");
        }
    }
}
