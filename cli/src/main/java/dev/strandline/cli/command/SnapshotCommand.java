package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.SelectionOptions;
import dev.strandline.cli.output.CaptureRenderer;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.ProgressDisplay;
import dev.strandline.core.capture.Capture;
import dev.strandline.core.capture.CaptureCancelledException;
import dev.strandline.core.capture.CaptureOptions;
import dev.strandline.core.capture.CaptureProgress;
import dev.strandline.core.capture.CaptureResult;
import dev.strandline.core.capture.FilesCache;
import dev.strandline.core.capture.SourceScan;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.TimeExpression;
import dev.strandline.store.repository.Repositories;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Captures folders as a snapshot. */
@Command(
        name = "snapshot",
        aliases = {"backup", "create"},
        description = "Capture folders and files as a snapshot.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:saved",
            "1:failed, nothing was saved",
            "2:wrong usage",
            "3:saved, but some files could not be read",
            "10:no repository",
            "12:wrong key",
            "13:damage found",
            "130:interrupted, nothing was saved"
        })
public final class SnapshotCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private RepositoryOptions repository = new RepositoryOptions();

    @Mixin
    private OutputOptions outputOptions = new OutputOptions();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "What to capture.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "Say what this snapshot is for.")
    private String message = "";

    @Option(names = "--tag", paramLabel = "TAG", split = ",", description = "Mark it. Repeatable.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--host", paramLabel = "NAME", description = "As if taken on this host; else $STRANDLINE_HOST.")
    private @Nullable String host;

    @Option(names = "--time", paramLabel = "TIME", description = "As if taken at this time.")
    private @Nullable String time;

    @Option(names = "--stdin", description = "Capture standard input as one file.")
    private boolean stdin;

    @Option(names = "--stdin-filename", paramLabel = "NAME", description = "The file's name; default: stdin.")
    private @Nullable String stdinFilename;

    @Option(
            names = {"-f", "--force"},
            description = "Compare with no earlier snapshot: read and count everything as new.")
    private boolean force;

    @Option(names = "--skip-if-unchanged", description = "Save nothing when nothing has changed.")
    private boolean skipIfUnchanged;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Save nothing; say what would be saved.")
    private boolean dryRun;

    public SnapshotCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        if (stdinFilename != null && !stdin) {
            throw new UsageException("--stdin-filename needs --stdin");
        }
        var paths = selection.paths(context, arguments);
        if (stdin != paths.isEmpty()) {
            throw new UsageException(
                    stdin ? "--stdin takes no paths" : "nothing to capture was named: give at least one PATH");
        }
        var rules = selection.rules(context);
        var taker = new SnapshotTaker(
                context, host == null ? SnapshotTaker.hostname(context) : host, time(), message, List.copyOf(tags));
        var opened = repository.open(context, output::note);
        try (var open = opened.repository()) {
            return take(open, opened, output, taker, paths, rules);
        }
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
            List<FilePath> paths,
            IgnoreRules rules)
            throws RepositoryException {
        var started = context.clock().instant();
        var progress = new CaptureProgress();
        var options = new CaptureOptions(
                paths,
                rules,
                selection.oneFileSystem(),
                selection.excludeCaches(),
                selection.markers(),
                selection.maximumBytes(),
                List.of(opened.directory()),
                context.workerCount());
        var renderer = new CaptureRenderer(context, output, outputOptions.verbosity(), dryRun);
        var capture = new Capture(
                context.host(), open.gearTable(), options, renderer, progress, context.interruption()::isRequested);
        context.interruption().beginWork();
        try (var writer = dryRun ? open.rehearse() : open.write();
                var past = past(open, output, writer, taker, paths, started)) {
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
            boolean unchanged =
                    parent.isPresent() && parent.get().record().roots().equals(result.roots());
            if (skipIfUnchanged && unchanged && !dryRun) {
                renderer.skipped(parent.get());
                return code(result);
            }
            if (!context.interruption().beginCommit()) {
                throw new CaptureCancelledException();
            }
            var duration = Duration.between(started, context.clock().instant());
            renderer.saved(taker.commit(writer, result, rules.texts(), parent, duration));
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
