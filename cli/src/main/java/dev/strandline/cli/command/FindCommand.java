package dev.strandline.cli.command;

import dev.strandline.cli.configuration.ByteSize;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.HistoryOptions;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.OccurrenceRenderer;
import dev.strandline.cli.output.Page;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.history.Occurrences;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.Node;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Looks for names over all snapshots. */
public final class FindCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();
    private final HistoryOptions history = new HistoryOptions();

    private List<String> arguments = List.of();
    private boolean ignoreCase;
    private @Nullable String type;
    private @Nullable String larger;
    private @Nullable String smaller;
    private @Nullable String newer;
    private @Nullable String older;

    public FindCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(
                        this,
                        "find",
                        "Find files and directories by name over all snapshots.",
                        "",
                        "PATTERN is one as in --exclude: 'nginx.conf' and '*.conf' anywhere, '/etc/**/*.conf' below /etc."
                                + " Each version is told once, with the first and last snapshot that has it.")
                .exitCodes(
                        "0:told, also when nothing was found",
                        "1:failed",
                        "2:wrong usage",
                        "10:no repository",
                        "12:wrong key",
                        "13:damaged, not all could be looked at")
                .with(repository)
                .with(outputOptions)
                .with(history)
                .arguments("PATTERN [PATH]", "What to find, and below which path.", values -> arguments = values)
                .flag("-i,--ignore-case", "Small and capital letters are the same.", value -> ignoreCase = value)
                .text(
                        "--type",
                        "f|d|l|p|s|b|c",
                        "Only files, directories, links …, as find has them.",
                        value -> type = value)
                .text("--larger", "SIZE", "Only files of more than SIZE, such as 10M.", value -> larger = value)
                .text("--smaller", "SIZE", "Only files of less than SIZE.", value -> smaller = value)
                .text("--newer", "TIME", "Only what was modified after TIME.", value -> newer = value)
                .text("--older", "TIME", "Only what was modified before TIME.", value -> older = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw new UsageException("find what? Give a pattern, such as '*.conf', and a path if you like");
        }
        var scope = arguments.size() == 2 ? context.absolute(arguments.getLast()) : FilePath.ROOT;
        var criterion = criterion();
        try (var open = repository.open(context, output::note).repository()) {
            var damaged = new AtomicBoolean();
            var found = new Occurrences(open.chunks(), scope, criterion, (snapshot, damage) -> {
                        damaged.set(true);
                        output.warning("damaged in " + snapshot.record().name() + ": " + damage.getMessage());
                    })
                    .in(history.snapshots(context, open, output));
            try (var page = Page.open(context, output)) {
                new OccurrenceRenderer(context, output, page).print(found);
            }
            output.endWarnings();
            return damaged.get() || history.hasPassedOver() ? ExitCode.DAMAGE : ExitCode.DONE;
        }
    }

    private Occurrences.Criterion criterion() {
        var rules = IgnoreRules.of(List.of(folded(arguments.getFirst())));
        if (rules.isEmpty()) {
            throw new UsageException("the pattern is empty");
        }
        var types = Optional.ofNullable(type).map(FindCommand::types);
        var moreThan = size(larger);
        var lessThan = size(smaller);
        var after = time(newer);
        var before = time(older);
        return (path, node) -> types.map(wanted -> wanted.contains(node.type())).orElse(true)
                && moreThan.map(size -> sizeOf(node) > size).orElse(true)
                && lessThan.map(size -> sizeOf(node) >= 0 && sizeOf(node) < size)
                        .orElse(true)
                && after.map(time -> node.metadata().modified().seconds() > time.getEpochSecond())
                        .orElse(true)
                && before.map(time -> node.metadata().modified().seconds() < time.getEpochSecond())
                        .orElse(true)
                && rules.exclusion(name(path), node instanceof Node.Directory).isPresent();
    }

    private byte[] name(FilePath path) {
        byte[] relative = path.relativeTo(FilePath.ROOT).toBytes();
        return ignoreCase ? ByteText.encode(folded(ByteText.decode(relative))) : relative;
    }

    private String folded(String text) {
        return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    /** Negative for what is no file. */
    private static long sizeOf(Node node) {
        return node instanceof Node.RegularFile file ? file.content().sizeBytes() : -1;
    }

    private static Set<FileType> types(String letter) {
        return switch (letter) {
            case "f", "file" -> Set.of(FileType.REGULAR);
            case "d", "dir", "directory" -> Set.of(FileType.DIRECTORY);
            case "l", "symlink" -> Set.of(FileType.SYMLINK);
            case "p", "fifo" -> Set.of(FileType.FIFO);
            case "s", "socket" -> Set.of(FileType.SOCKET);
            case "b" -> Set.of(FileType.BLOCK_DEVICE);
            case "c" -> Set.of(FileType.CHARACTER_DEVICE);
            default ->
                throw new UsageException("--type is f, d, l, p, s, b or c, not '" + ByteText.display(letter) + "'");
        };
    }

    private static Optional<Long> size(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(given -> ByteSize.parse(given)
                        .orElseThrow(() -> new UsageException(
                                "'" + ByteText.display(given) + "' is no size: use bytes, or 10K, 10M, 10G")));
    }

    private Optional<Instant> time(@Nullable String text) {
        return Optional.ofNullable(text).map(given -> HistoryOptions.time(given, context));
    }
}
