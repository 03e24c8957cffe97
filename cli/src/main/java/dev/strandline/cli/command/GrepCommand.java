package dev.strandline.cli.command;

import dev.strandline.cli.archive.ContentWriter;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.HistoryOptions;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.OccurrenceRenderer;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.Page;
import dev.strandline.cli.text.LineSearch;
import dev.strandline.core.history.Occurrences;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Model.CommandSpec;

/** Looks for a text in the files of all snapshots. */
public final class GrepCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();
    private final HistoryOptions history = new HistoryOptions();
    private final Map<ChunkStream, List<LineSearch.Hit>> searched = new HashMap<>();

    private List<String> arguments = List.of();
    private boolean ignoreCase;
    private boolean fixed;
    private boolean namesOnly;

    public GrepCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(
                        this,
                        "grep",
                        "Find a text in the files of all snapshots.",
                        "",
                        "PATTERN is a regular expression as Java has them. Each content is read once, however many"
                                + " snapshots have it; files that are no text are passed over.")
                .exitCodes(
                        "0:told, also when nothing was found",
                        "1:failed",
                        "2:wrong usage",
                        "10:no repository",
                        "12:wrong key",
                        "13:damaged, not all could be looked at",
                        "130:interrupted; 143 by SIGTERM, 129 by SIGHUP")
                .with(repository)
                .with(outputOptions)
                .with(history)
                .arguments("PATTERN [PATH]", "What to find, and at or below which path.", values -> arguments = values)
                .flag("-i,--ignore-case", "Small and capital letters are the same.", value -> ignoreCase = value)
                .flag("-F,--fixed-strings", "PATTERN is a text and no expression.", value -> fixed = value)
                .flag("-l,--files-with-matches", "Only tell which files.", value -> namesOnly = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw new UsageException("grep takes a pattern, and a path if you like");
        }
        var scope = arguments.size() == 2 ? context.absolute(arguments.getLast()) : FilePath.ROOT;
        var pattern = pattern(arguments.getFirst());
        try (var open = repository.open(context, output::note).repository()) {
            var damaged = new AtomicBoolean();
            var chunks = open.chunks();
            var found = new Occurrences(
                            chunks,
                            scope,
                            (path, node) -> isMet(path, node, pattern, chunks, output, damaged),
                            (snapshot, damage) -> {
                                damaged.set(true);
                                output.warning("damaged in " + snapshot.record().name() + ": " + damage.getMessage());
                            })
                    .in(history.snapshots(context, open, output));
            print(output, found);
            output.endWarnings();
            return damaged.get() || history.hasPassedOver() ? ExitCode.DAMAGE : ExitCode.DONE;
        }
    }

    private Pattern pattern(String text) {
        try {
            return Pattern.compile(
                    text,
                    (fixed ? Pattern.LITERAL : 0) | (ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0));
        } catch (PatternSyntaxException e) {
            throw new UsageException("'" + ByteText.display(text) + "' is no regular expression: " + e.getDescription()
                    + " at character " + (e.getIndex() + 1) + "; -F takes it as a text");
        }
    }

    private boolean isMet(
            FilePath path, Node node, Pattern pattern, ChunkSource chunks, Output output, AtomicBoolean damaged)
            throws RepositoryException {
        if (!(node instanceof Node.RegularFile file) || file.content().sizeBytes() == 0) {
            return false;
        }
        var hits = searched.get(file.content());
        if (hits == null) {
            var search = new LineSearch(pattern, namesOnly ? 1 : LineSearch.MAX_HITS);
            try {
                ContentWriter.write(chunks, file.content(), search);
            } catch (DamageException damage) {
                damaged.set(true);
                output.warning("damaged: " + path.display() + ": " + damage.getMessage());
            } catch (IOException impossible) {
                throw new IllegalStateException("a search takes whatever it is given", impossible);
            }
            hits = search.hits();
            if (search.isTooLong()) {
                output.warning(path.display()
                        + " has a line that is too long for this pattern; a simpler one, or -F, may find more");
            }
            if (hits.size() == LineSearch.MAX_HITS) {
                output.warning(path.display() + ": only the first " + LineSearch.MAX_HITS + " lines are told");
            }
            searched.put(file.content(), hits);
        }
        return !hits.isEmpty();
    }

    private void print(Output output, List<Occurrences.Occurrence> found) {
        if (found.isEmpty()) {
            output.remark("nothing found");
        }
        try (var page = Page.open(context, output)) {
            for (var occurrence : found) {
                if (page.isGone()) {
                    return;
                }
                print(output, page, occurrence);
            }
        }
    }

    private void print(Output output, Page page, Occurrences.Occurrence occurrence) {
        var hits = Objects.requireNonNull(searched.get(((Node.RegularFile) occurrence.node()).content()));
        if (output.isJson()) {
            var json = OccurrenceRenderer.span(Json.message("match"), occurrence);
            var lines = json.putArray("lines");
            hits.forEach(
                    hit -> lines.addObject().put("number", hit.number()).put("text", ByteText.printable(hit.text())));
            Json.print(page.out(), json);
            return;
        }
        String first = occurrence.first().record().name();
        String last = occurrence.last().record().name();
        String where = page.styled(Page.Style.YELLOW, first.equals(last) ? first : first + ".." + last) + "  "
                + page.styled(Page.Style.CYAN, occurrence.path().display());
        if (namesOnly) {
            page.out().println(where);
        } else {
            for (var hit : hits) {
                page.out().print(where + ":" + hit.number() + ": ");
                page.line(Page.Style.PLAIN, hit.text());
            }
        }
    }
}
