package dev.strandline.cli;

import dev.strandline.cli.command.AotTrainingCommand;
import dev.strandline.cli.command.BlameCommand;
import dev.strandline.cli.command.CheckCommand;
import dev.strandline.cli.command.Command;
import dev.strandline.cli.command.CompletionCommand;
import dev.strandline.cli.command.ConfigCommand;
import dev.strandline.cli.command.DiffCommand;
import dev.strandline.cli.command.DoctorCommand;
import dev.strandline.cli.command.DumpCommand;
import dev.strandline.cli.command.FindCommand;
import dev.strandline.cli.command.ForgetCommand;
import dev.strandline.cli.command.GcCommand;
import dev.strandline.cli.command.GrepCommand;
import dev.strandline.cli.command.ImportCommand;
import dev.strandline.cli.command.InitCommand;
import dev.strandline.cli.command.ListCommand;
import dev.strandline.cli.command.LogCommand;
import dev.strandline.cli.command.LsCommand;
import dev.strandline.cli.command.PruneCommand;
import dev.strandline.cli.command.RestoreCommand;
import dev.strandline.cli.command.RunCommand;
import dev.strandline.cli.command.ScheduleCommand;
import dev.strandline.cli.command.ShowCommand;
import dev.strandline.cli.command.SnapshotCommand;
import dev.strandline.cli.command.StatsCommand;
import dev.strandline.cli.command.StatusCommand;
import dev.strandline.cli.command.UndoRestoreCommand;
import dev.strandline.cli.command.UnlockCommand;
import dev.strandline.cli.command.VersionCommand;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.options.Syntax;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;

/**
 * All commands by name. Only the one that is run is built, since each costs time at every start; help and completion see
 * all. Nothing here or in the commands is annotated for picocli, see {@link dev.strandline.cli.options.Syntax}.
 */
final class CommandTree {
    private CommandTree() {}

    private record Entry(List<String> names, Function<Context, Command> command) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry(List.of("init"), InitCommand::new),
            new Entry(List.of("snapshot", "backup", "create"), SnapshotCommand::new),
            new Entry(List.of("list", "snapshots"), ListCommand::new),
            new Entry(List.of("show", "info"), ShowCommand::new),
            new Entry(List.of("ls"), LsCommand::new),
            new Entry(List.of("dump", "cat"), DumpCommand::new),
            new Entry(List.of("restore"), RestoreCommand::new),
            new Entry(List.of("undo-restore"), UndoRestoreCommand::new),
            new Entry(List.of("diff"), DiffCommand::new),
            new Entry(List.of("log", "history"), LogCommand::new),
            new Entry(List.of("find"), FindCommand::new),
            new Entry(List.of("grep"), GrepCommand::new),
            new Entry(List.of("blame"), BlameCommand::new),
            new Entry(List.of("check", "verify"), CheckCommand::new),
            new Entry(List.of("forget"), ForgetCommand::new),
            new Entry(List.of("gc"), GcCommand::new),
            new Entry(List.of("status"), StatusCommand::new),
            new Entry(List.of("stats"), StatsCommand::new),
            new Entry(List.of("schedule"), ScheduleCommand::new),
            new Entry(List.of("doctor"), DoctorCommand::new),
            new Entry(List.of("run"), RunCommand::new),
            new Entry(List.of("import"), ImportCommand::new),
            new Entry(List.of("config"), ConfigCommand::new),
            new Entry(List.of("completion"), CompletionCommand::new),
            new Entry(List.of("version"), VersionCommand::new),
            new Entry(List.of("prune"), _ -> new PruneCommand()),
            new Entry(List.of("unlock"), _ -> new UnlockCommand()),
            new Entry(List.of("aot-training"), context -> new AotTrainingCommand(context, Main::run)));

    private static final List<String> NEED_ALL = List.of("completion", "help");

    /** Runs a command and turns its outcome into an exit code. */
    static int execute(String[] arguments, Context context) {
        var line = new CommandLine(spec());
        String name = arguments.length == 0 ? "" : arguments[0];
        var one = named(name);
        for (var entry : one.isEmpty() || NEED_ALL.contains(name) ? ENTRIES : one) {
            line.addSubcommand(
                    entry.names.getFirst(),
                    new CommandLine(entry.command.apply(context).spec()));
        }
        if (one.isEmpty()) {
            line.addSubcommand("help", new HelpCommand());
        }
        var failures = new Failures(context, Arrays.asList(arguments).contains("--json"));
        line.setParameterExceptionHandler(failures::onUsage)
                .setExecutionExceptionHandler(failures::onFailure)
                .setOut(new PrintWriter(context.stdout(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(context.stderr(), true, StandardCharsets.UTF_8))
                .setAbbreviatedOptionsAllowed(false)
                .setUsageHelpAutoWidth(false);
        if (arguments.length == 0) {
            line.usage(line.getErr());
            return ExitCode.USAGE;
        }
        return line.execute(arguments);
    }

    private static List<Entry> named(String name) {
        for (var entry : ENTRIES) {
            if (entry.names.contains(name)) {
                return List.of(entry);
            }
        }
        return List.of();
    }

    private static CommandSpec spec() {
        var spec = CommandSpec.create().name("strandline").addOption(Syntax.help());
        spec.usageMessage()
                .description("Snapshots of folders: deduplicated, encrypted, verified.")
                .synopsisSubcommandLabel("COMMAND")
                .footerHeading("%nSnapshots: ")
                .footer(
                        "an id or at least 4 digits of one, a name like 20251116-151944, latest, latest~3, or @TIME such as"
                                + " @2h, @yesterday, @2026-08-01T10:15; then, where a path is wanted, :PATH.",
                        "%nEnvironment: STRANDLINE_REPOSITORY(_FILE), STRANDLINE_KEY_FILE,"
                                + " STRANDLINE_PASSWORD(_FILE|_COMMAND|_FD), STRANDLINE_HOST, STRANDLINE_CACHE_DIR.");
        return spec;
    }
}
