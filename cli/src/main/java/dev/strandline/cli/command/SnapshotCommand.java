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
import dev.strandline.cli.unattended.Attendance;
import dev.strandline.cli.unattended.RunOutcome;
import dev.strandline.cli.unattended.SourcePlan;
import dev.strandline.core.capture.CaptureCancelledException;
import dev.strandline.core.fs.CalendarTime;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.BusyException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.TimeExpression;
import dev.strandline.core.snapshot.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Captures folders as a snapshot. */
public final class SnapshotCommand implements Command, Syntax.Shared {
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
    private boolean pin;
    private boolean noGuards;
    private @Nullable Attendance attendance;

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
                        "3:saved, but some files could not be read, or a hook failed",
                        "10:no repository",
                        "11:another snapshot is running, with --if-running fail",
                        "12:wrong key",
                        "13:damage found",
                        "130:interrupted, nothing was saved; 143 by SIGTERM, 129 by SIGHUP")
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
                .listedNames("--tag", "TAG", "Mark it. Repeatable.", values -> tags = values)
                .name("--host", "NAME", "As if taken on this host; else $STRANDLINE_HOST.", value -> host = value)
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
                .flag("--pin", "Keep it whatever the retention policy says.", value -> pin = value)
                .flag(
                        "--no-guards",
                        "Save although a source is unmounted, emptied or smaller than the configuration allows.",
                        value -> noGuards = value)
                .flag("-n,--dry-run", "Save nothing; say what would be saved.", value -> dryRun = value);
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        var input = standardInput();
        if (usesStandardInput()) {
            context.restart().ifPresent(Restart::run);
        }
        // One that can't be read is told before anything is done, also to a run that seems not to need it.
        var configuration = context.configuration().get();
        if (trigger == Trigger.SCHEDULED && !configuration.policy().scheduled()) {
            throw new RefusedException(
                    "scheduled snapshots are switched off on this host",
                    "The configuration says scheduled = false; without --trigger a snapshot is taken all the same.");
        }
        var plan = plan();
        var started = context.clock().instant();
        try {
            var ending = capture(output, plan, input);
            if (ending.isEmpty()) {
                return ExitCode.DONE;
            }
            int code = ended(output, plan, started, ending.get(), "");
            int upkeep =
                    ending.get().isCollectionDue() && configuration.upkeep().automatic()
                            ? new AutomaticCollection(context, repository, output).run()
                            : ExitCode.DONE;
            return code == ExitCode.DONE ? upkeep : code;
        } catch (RepositoryException | CaptureCancelledException e) {
            ended(output, plan, started, new CaptureRun.Ending(ExitCode.of(e), Optional.empty(), false), reason(e));
            throw e;
        }
    }

    private static String reason(Exception e) {
        return e instanceof CaptureCancelledException ? "interrupted" : String.valueOf(e.getMessage());
    }

    private Optional<FileName> standardInput() {
        if (stdinFilename != null && !stdin) {
            throw new UsageException("--stdin-filename needs --stdin");
        }
        try {
            return stdin ? Optional.of(FileName.of(stdinFilename == null ? "stdin" : stdinFilename)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--stdin-filename: " + e.getMessage());
        }
    }

    /** Whoever asked for two things from it would get only one of them. */
    private boolean usesStandardInput() {
        long users = selection.standardInputs() + (stdin ? 1 : 0) + (repository.readsStandardInput(context) ? 1 : 0);
        if (users > 1) {
            throw new UsageException(
                    "standard input can be read only once: as one list, as the passphrase or with --stdin");
        }
        return users > 0;
    }

    private void tellSelection(Output output) {
        selection.warnings().forEach(output::warning);
        selection.remarks().forEach(output::note);
        var renderer = new CaptureRenderer(output, outputOptions.verbosity(), dryRun);
        selection.leftOut().forEach(renderer::on);
    }

    /** What the command line names, else what the configuration does. */
    private SourcePlan plan() {
        var named = selection.sources(context, arguments);
        if (stdin && !named.isEmpty()) {
            throw new UsageException("--stdin takes no paths");
        }
        if (stdin || !named.isEmpty() || selection.namesPaths()) {
            return requireSources(SourcePlan.named(named));
        }
        return requireSources(
                SourcePlan.configured(context.configuration().get(), sources -> selection.refined(context, sources)));
    }

    private SourcePlan requireSources(SourcePlan plan) {
        if (plan.sources().isEmpty() && !stdin) {
            throw new UsageException(
                    "nothing to capture was named: give at least one PATH, or write [[source]] into the"
                            + " configuration");
        }
        return plan;
    }

    /** Empty when another run goes on and this one is not wanted. */
    private Optional<CaptureRun.Ending> capture(Output output, SourcePlan plan, Optional<FileName> input)
            throws RepositoryException {
        return QuickStart.attempt(
                context, output, mayStartOver(plan), Restart.MAX_QUICK_BYTES_ON_THE_WAY, maximumBytes -> {
                    try {
                        return Optional.of(capture(output, plan, input, maximumBytes));
                    } catch (CaptureCancelledException e) {
                        if (context.interruption().isRequested() || maximumBytes == Long.MAX_VALUE) {
                            throw e;
                        }
                        return Optional.empty();
                    }
                });
    }

    /** Whether all could be done again from the start, and nobody would notice. */
    private boolean mayStartOver(SourcePlan plan) {
        return outputOptions.verbosity() == 0 && !plan.hasHooks() && repository.opensAtOnce(context);
    }

    /** @param maximumReadBytes with more to read, this ends with a {@link CaptureCancelledException} */
    private Optional<CaptureRun.Ending> capture(
            Output output, SourcePlan plan, Optional<FileName> input, long maximumReadBytes)
            throws RepositoryException {
        var _ = time(); // a wrong one is refused before anything is opened
        tellSelection(output);
        var opened = repository.open(context, output::note);
        try (var open = opened.repository();
                var turn = turn(open)) {
            if (!turn.isOurs()) {
                output.answer().println("another snapshot is running, so this one was skipped");
                return Optional.empty();
            }
            var taker = new SnapshotTaker(context, hostname(), time(), message, List.copyOf(tags), trigger, pin);
            var request = new CaptureRun.Request(
                    plan,
                    input,
                    force,
                    time == null,
                    skipIfUnchanged,
                    dryRun,
                    !noGuards,
                    outputOptions.verbosity(),
                    maximumReadBytes);
            return Optional.of(new CaptureRun(context, output, request, opened, taker, attendance(output, plan)).run());
        }
    }

    private String hostname() {
        return host == null ? SnapshotTaker.hostname(context) : host;
    }

    private Attendance attendance(Output output, SourcePlan plan) throws RepositoryException {
        if (attendance == null) {
            attendance = new Attendance(
                    plan,
                    output,
                    context.interruption(),
                    Map.of(
                            "TRIGGER", trigger.text(),
                            "HOST", hostname(),
                            "MESSAGE", message,
                            "REPOSITORY", repository.path(context).display()));
        }
        return attendance;
    }

    /** Runs what comes after the run, and leaves word of how it ended. */
    private int ended(Output output, SourcePlan plan, Instant started, CaptureRun.Ending ending, String error)
            throws RepositoryException {
        if (dryRun) {
            return ending.exitCode();
        }
        var duration = Duration.between(started, context.clock().instant());
        var outcome = new RunOutcome(started, duration, trigger, ending.exitCode(), ending.saved(), error);
        var attending = attendance(output, plan);
        int code = attending.endRun(outcome);
        boolean told = attending.record(
                outcome.with(code),
                RepositoryOptions.cacheDirectory(context),
                repository.path(context),
                hostname(),
                metricsFile());
        return told || code != ExitCode.DONE ? code : ExitCode.PARTIAL;
    }

    /** Of the configured repository: a run into another one would hide what became of that. */
    private Optional<FilePath> metricsFile() throws RepositoryException {
        var configuration = context.configuration().get();
        var configured = configuration.access().repository().map(context::absolute);
        return configured.isEmpty() || configured.get().equals(repository.path(context))
                ? configuration.metricsFile()
                : Optional.empty();
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
                .filter(CalendarTime::isOne)
                .orElseThrow(() ->
                        new UsageException("'" + time + "' is no time: write one like " + TimeExpression.EXAMPLES));
    }
}
