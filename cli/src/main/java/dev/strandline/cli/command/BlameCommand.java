package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.HistoryOptions;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Moments;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.Page;
import dev.strandline.cli.output.VersionRenderer;
import dev.strandline.cli.text.Blame;
import dev.strandline.cli.text.FileText;
import dev.strandline.cli.text.FileTexts;
import dev.strandline.core.history.PathHistory;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.tree.Node;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Tells which snapshot first had each line of a file. */
public final class BlameCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();
    private final HistoryOptions history = new HistoryOptions();

    private String path = "";

    public BlameCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(
                        this,
                        "blame",
                        "Tell which snapshot introduced each line of a file.",
                        "",
                        "The lines are those of its last version; with --until, those of an earlier time.")
                .exitCodes(
                        "0:told",
                        "1:no snapshot has such a file, or it is no text, or failed",
                        "2:wrong usage",
                        "10:no repository",
                        "12:wrong key",
                        "13:damaged, some versions were passed over")
                .with(repository)
                .with(outputOptions)
                .with(history)
                .argument("PATH", "A file of this host, or of another with --host.", value -> path = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        var wanted = context.absolute(path);
        try (var open = repository.open(context, output::note).repository()) {
            var chunks = open.chunks();
            var damages = new ArrayList<DamageException>();
            var versions = new PathHistory(chunks, damages::add)
                    .versions(wanted, history.snapshots(context, open, output)).stream()
                            .filter(version -> !version.isGone())
                            .toList();
            if (versions.isEmpty()) {
                throw new NoSuchSnapshotException(
                        "no snapshot has " + wanted.display(), "'strandline find' looks for a name everywhere.");
            }
            requireOneHost(versions);
            var blame = blame(wanted, versions, chunks, damages);
            print(output, blame);
            damages.forEach(damage -> output.warning("damaged, passed over: " + damage.getMessage()));
            output.endWarnings();
            return damages.isEmpty() && !history.hasPassedOver() ? ExitCode.DONE : ExitCode.DAMAGE;
        }
    }

    private static void requireOneHost(List<PathHistory.Version> versions) {
        var hosts = versions.stream()
                .map(version -> version.first().record().hostname())
                .distinct()
                .toList();
        if (hosts.size() > 1) {
            throw new UsageException("several hosts have this path, say which with --host: "
                    + ByteText.display(String.join(", ", hosts)));
        }
    }

    private static Blame<Snapshot> blame(
            FilePath path, List<PathHistory.Version> versions, ChunkSource chunks, List<DamageException> damages)
            throws RepositoryException {
        var blame = new Blame<Snapshot>();
        var texts = FileTexts.stored(chunks);
        for (var version : versions) {
            var node = version.nodes().get(path);
            try {
                if (node instanceof Node.RegularFile && texts.of(path, node) instanceof FileText.Lines(var lines)) {
                    blame.next(version.first(), lines);
                } else if (version.equals(versions.getLast())) {
                    throw new RefusedException(
                            path.display() + " is no text file", "'strandline log' tells its versions.");
                }
            } catch (DamageException damage) {
                damages.add(damage);
            }
        }
        return blame;
    }

    private void print(Output output, Blame<Snapshot> blame) {
        try (var page = Page.open(context, output)) {
            int number = 0;
            int width = String.valueOf(blame.lines().size()).length();
            for (var line : blame.lines()) {
                number++;
                String text = line.text().endsWith("\n")
                        ? line.text().substring(0, line.text().length() - 1)
                        : line.text();
                var record = line.version().record();
                if (output.isJson()) {
                    var json = Json.message("line").put("number", number).put("text", ByteText.printable(text));
                    json.set("snapshot", VersionRenderer.reference(line.version()));
                    Json.print(page.out(), json);
                } else {
                    String digits = String.valueOf(number);
                    page.out()
                            .print(page.styled(Page.Style.YELLOW, record.name()) + " "
                                    + line.version().id().shortHex() + " "
                                    + Moments.text(record.time(), context.zone()) + " "
                                    + " ".repeat(width - digits.length()) + digits + ") ");
                    page.line(Page.Style.PLAIN, text);
                }
            }
        }
    }
}
