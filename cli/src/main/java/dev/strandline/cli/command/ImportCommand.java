package dev.strandline.cli.command;

import dev.strandline.cli.checkpoint.Checkpoint;
import dev.strandline.cli.checkpoint.CheckpointFinder;
import dev.strandline.cli.checkpoint.CheckpointSizes;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.Restart;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.CaptureRenderer;
import dev.strandline.cli.output.ImportRenderer;
import dev.strandline.cli.output.ImportRenderer.Action;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.ProgressDisplay;
import dev.strandline.cli.output.Quantities;
import dev.strandline.core.capture.CaptureCancelledException;
import dev.strandline.core.encoding.Sum;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Makes snapshots of older copies of folders, as rsync scripts leave them. */
public final class ImportCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();

    private List<String> arguments = new ArrayList<>();
    private @Nullable String storedPath;
    private @Nullable String host;
    private List<String> tags = new ArrayList<>();
    private boolean dryRun;

    // What became of all so far.
    private int imported;
    private int present;
    private int unread;
    private int failed;
    private long storedBytes;

    public ImportCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(
                        this,
                        "import",
                        "Make snapshots of older rsync-style checkpoint folders.",
                        "Each keeps its time and its description. What was imported before is passed over, so an"
                                + " import that was interrupted goes on when it is run again.")
                .exitCodes(
                        "0:all are imported",
                        "1:failed, nothing was imported",
                        "2:wrong usage",
                        "3:imported, but some folders or files could not be read",
                        "10:no repository",
                        "12:wrong key",
                        "13:damage found",
                        "130:interrupted (143 by SIGTERM, 129 by SIGHUP); what was imported so far stays")
                .with(repository)
                .with(outputOptions)
                .text(
                        "--as",
                        "PATH",
                        "What the checkpoints are copies of, such as /opt/app; default: the folder that holds them.",
                        value -> storedPath = value)
                .name("--host", "NAME", "As if taken on this host; else $STRANDLINE_HOST.", value -> host = value)
                .listedNames("--tag", "TAG", "Mark them, besides as imported. Repeatable.", values -> tags = values)
                .flag("-n,--dry-run", "Import nothing; say what would be imported.", value -> dryRun = value)
                .arguments(
                        "DIR",
                        "A checkpoint: a folder with a time in its name, such as checkpoint-20251116-151944, or with a"
                                + " CHECKPOINT_INFO.txt. Or a folder of such folders.",
                        values -> arguments = values)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        if (arguments.isEmpty()) {
            throw new UsageException("what to import was not named: give at least one DIR, a checkpoint or a folder of"
                    + " checkpoints");
        }
        var finder = new CheckpointFinder(context.host(), context.zone(), storedPath());
        var folders = arguments.stream().map(context::absolute).toList();
        if (!dryRun) {
            context.restart().ifPresent(Restart::run);
        }
        var opened = repository.open(context, output::note);
        try (var open = opened.repository()) {
            folders.forEach(finder::look);
            var listing = open.snapshots();
            listing.damaged().forEach(output::passedOver);
            var importer = new CheckpointImporter(
                    context,
                    opened,
                    new CaptureRenderer(output, outputOptions.verbosity(), false),
                    host == null ? SnapshotTaker.hostname(context) : host,
                    tags,
                    listing.snapshots());
            return output.code(importAll(output, finder, importer));
        }
    }

    private Optional<FilePath> storedPath() {
        if (storedPath == null) {
            return Optional.empty();
        }
        if (!storedPath.startsWith("/")) {
            throw new UsageException("--as takes an absolute path, such as /opt/app, not '" + storedPath + "'");
        }
        return Optional.of(context.absolute(storedPath));
    }

    private int importAll(Output output, CheckpointFinder finder, CheckpointImporter importer)
            throws RepositoryException {
        var renderer = new ImportRenderer(output, context.zone(), dryRun || outputOptions.verbosity() > 0, dryRun);
        var started = context.clock().instant();
        var checkpoints = finder.checkpoints();
        finder.passedOver().forEach(path -> {
            if (outputOptions.verbosity() > 0) {
                output.note("passed over, no checkpoint: " + path.display());
            }
        });
        finder.unusable().forEach(renderer::unusable);
        failed = finder.unusable().size();
        var counted = tellsTotals(output) ? checkpoints : List.<Checkpoint>of();
        try (var sizes = CheckpointSizes.start(context.host(), counted, importer::isImported)) {
            boolean interrupted = false;
            try (var _ = display(output, importer, sizes)) {
                for (var checkpoint : checkpoints) {
                    take(checkpoint, importer, renderer, output);
                }
            } catch (CaptureCancelledException _) {
                interrupted = true;
            }
            renderer.end(
                    totals(interrupted || !tellsTotals(output) ? -1 : sizes.allocatedBytes(), interrupted, started));
            if (interrupted) {
                sayInterrupted(output);
                return ExitCode.INTERRUPTED;
            }
            return code();
        }
    }

    /** Whether anybody will see the sums: to count takes time. */
    private boolean tellsTotals(Output output) {
        return output.isJson() || output.showsProgress() || outputOptions.verbosity() > 0 || context.isOutputTerminal();
    }

    private void take(Checkpoint checkpoint, CheckpointImporter importer, ImportRenderer renderer, Output output)
            throws RepositoryException {
        if (context.interruption().isRequested()) {
            throw new CaptureCancelledException();
        }
        if (importer.isImported(checkpoint)) {
            present++;
            renderer.checkpoint(checkpoint, Action.PRESENT);
            return;
        }
        if (checkpoint.timeSource() == Checkpoint.TimeSource.MODIFIED) {
            renderer.guessed(checkpoint);
        }
        if (dryRun) {
            imported++;
            renderer.checkpoint(checkpoint, Action.IMPORT);
            return;
        }
        var saved = importer.save(checkpoint);
        output.endWarnings();
        if (saved.isEmpty()) {
            failed++;
            renderer.checkpoint(checkpoint, Action.FAILED);
            return;
        }
        imported++;
        storedBytes = Sum.saturated(storedBytes, saved.get().storedBytes());
        unread += saved.get().isComplete() ? 0 : 1;
        renderer.checkpoint(checkpoint, Action.IMPORTED);
    }

    private ImportRenderer.Totals totals(long bytesBefore, boolean interrupted, Instant started) {
        var duration = Duration.between(started, context.clock().instant());
        return new ImportRenderer.Totals(
                imported, present, unread, failed, bytesBefore, storedBytes, interrupted, duration);
    }

    private int code() {
        if (failed > 0 && imported + present == 0) {
            return ExitCode.FAILED;
        }
        return failed + unread > 0 ? ExitCode.PARTIAL : ExitCode.DONE;
    }

    private void sayInterrupted(Output output) {
        var message = "interrupted; " + Quantities.count(imported, "checkpoint") + " of this run stay imported";
        var guidance = "Run it again for the rest.";
        if (output.isJson()) {
            output.say(Json.line(Json.message("exit_error")
                    .put("code", ExitCode.INTERRUPTED)
                    .put("message", message)
                    .put("guidance", guidance)));
        } else {
            output.say("strandline: " + message + "\n  " + guidance);
        }
    }

    /** Null when nobody wants to see it. */
    private @Nullable ProgressDisplay display(Output output, CheckpointImporter importer, CheckpointSizes sizes) {
        if (dryRun || !output.showsProgress()) {
            return null;
        }
        var progress = importer.progress();
        return ProgressDisplay.start("import", sizes::bytesToRead, progress::bytes, progress::files);
    }
}
