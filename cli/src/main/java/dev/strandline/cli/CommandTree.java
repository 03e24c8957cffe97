package dev.strandline.cli;

import dev.strandline.cli.command.AotTrainingCommand;
import dev.strandline.cli.command.CheckCommand;
import dev.strandline.cli.command.CompletionCommand;
import dev.strandline.cli.command.DumpCommand;
import dev.strandline.cli.command.InitCommand;
import dev.strandline.cli.command.ListCommand;
import dev.strandline.cli.command.LsCommand;
import dev.strandline.cli.command.PruneCommand;
import dev.strandline.cli.command.RestoreCommand;
import dev.strandline.cli.command.ShowCommand;
import dev.strandline.cli.command.SnapshotCommand;
import dev.strandline.cli.command.StatsCommand;
import dev.strandline.cli.command.UnlockCommand;
import dev.strandline.cli.command.VersionCommand;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;

/**
 * All commands by name. Only the one that is run is looked at by picocli, since each costs milliseconds at every start;
 * help and completion see all.
 */
@Command(
        name = "strandline",
        description = "Snapshots of folders: deduplicated, encrypted, verified.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nSnapshots: ",
        footer = {
            "an id or at least 4 digits of one, a name like 20251116-151944, latest, latest~3, or @TIME such as @2h,"
                    + " @yesterday, @2026-08-01T10:15; then, where a path is wanted, :PATH.",
            "%nEnvironment: STRANDLINE_REPOSITORY(_FILE), STRANDLINE_KEY_FILE,"
                    + " STRANDLINE_PASSWORD(_FILE|_COMMAND|_FD), STRANDLINE_HOST, STRANDLINE_CACHE_DIR."
        })
final class CommandTree {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli prints the help
    private boolean help;

    private CommandTree() {}

    private record Entry(List<String> names, Function<Context, Object> command) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry(List.of("init"), InitCommand::new),
            new Entry(List.of("snapshot", "backup", "create"), SnapshotCommand::new),
            new Entry(List.of("list", "snapshots"), ListCommand::new),
            new Entry(List.of("show", "info"), ShowCommand::new),
            new Entry(List.of("ls"), LsCommand::new),
            new Entry(List.of("dump", "cat"), DumpCommand::new),
            new Entry(List.of("restore"), RestoreCommand::new),
            new Entry(List.of("check", "verify"), CheckCommand::new),
            new Entry(List.of("stats"), StatsCommand::new),
            new Entry(List.of("completion"), CompletionCommand::new),
            new Entry(List.of("version"), VersionCommand::new),
            new Entry(List.of("prune"), _ -> new PruneCommand()),
            new Entry(List.of("unlock"), _ -> new UnlockCommand()),
            new Entry(List.of("aot-training"), context -> new AotTrainingCommand(context, Main::run)));

    private static final List<String> NEED_ALL = List.of("completion", "help");

    /** Runs a command and turns its outcome into an exit code. */
    static int execute(String[] arguments, Context context) {
        var line = new CommandLine(new CommandTree());
        String name = arguments.length == 0 ? "" : arguments[0];
        var one = ENTRIES.stream().filter(entry -> entry.names.contains(name)).toList();
        for (var entry : one.isEmpty() || NEED_ALL.contains(name) ? ENTRIES : one) {
            var subcommand = new CommandLine(entry.command.apply(context));
            subcommand.getCommandSpec().mixinStandardHelpOptions(false);
            addHelpOption(subcommand);
            line.addSubcommand(entry.names.getFirst(), subcommand);
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

    private static void addHelpOption(CommandLine subcommand) {
        subcommand
                .getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
    }
}
