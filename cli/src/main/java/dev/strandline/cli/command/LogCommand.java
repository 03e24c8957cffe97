package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.options.HistoryOptions;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.ChangeRenderer;
import dev.strandline.cli.output.Page;
import dev.strandline.cli.output.VersionRenderer;
import dev.strandline.cli.text.FileTexts;
import dev.strandline.cli.text.TextDiff;
import dev.strandline.core.history.Change;
import dev.strandline.core.history.PathHistory;
import dev.strandline.core.history.SnapshotDifference;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RepositoryException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Tells every version of a path, newest first. */
public final class LogCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();
    private final HistoryOptions history = new HistoryOptions();

    private String path = "";
    private boolean patch;

    public LogCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(
                        this,
                        "log",
                        "Tell every version of a file or directory, newest first.",
                        "",
                        "Of a directory, with all below it. + appeared, - was gone, M content, T type, U only owner,"
                                + " mode, time or attributes.")
                .aliases("history")
                .exitCodes(
                        "0:told",
                        "1:no snapshot has such a path, or failed",
                        "2:wrong usage",
                        "10:no repository",
                        "12:wrong key",
                        "13:damaged, not all could be told")
                .with(repository)
                .with(outputOptions)
                .with(history)
                .argument("PATH", "A path of this host, or of another with --host.", value -> path = value)
                .flag("-p,--patch", "Show the lines that changed.", value -> patch = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        var wanted = context.absolute(path);
        try (var open = repository.open(context, output::note).repository()) {
            var snapshots = history.snapshots(context, open, output);
            var chunks = open.chunks();
            var damages = new ArrayList<DamageException>();
            var versions = new PathHistory(chunks, damages::add).versions(wanted, snapshots);
            if (versions.isEmpty() && damages.isEmpty()) {
                throw new NoSuchSnapshotException(
                        "no snapshot has " + wanted.display(),
                        "'strandline find "
                                + (wanted.depth() == 0 ? "" : wanted.name().display())
                                + "' looks for the name everywhere.");
            }
            try (var page = Page.open(context, output)) {
                var renderer = new VersionRenderer(context, output, page, severalHosts(versions));
                for (var version : versions.reversed()) {
                    if (page.isGone()) {
                        break;
                    }
                    tell(renderer, version, chunks, damages);
                }
            }
            damages.forEach(damage -> output.warning("damaged, passed over: " + damage.getMessage()));
            output.endWarnings();
            return damages.isEmpty() && !history.hasPassedOver() ? ExitCode.DONE : ExitCode.DAMAGE;
        }
    }

    private static boolean severalHosts(List<PathHistory.Version> versions) {
        return versions.stream()
                        .map(version -> version.first().record().hostname())
                        .distinct()
                        .count()
                > 1;
    }

    private void tell(
            VersionRenderer renderer, PathHistory.Version version, ChunkSource chunks, List<DamageException> damages)
            throws RepositoryException {
        var changes = new ArrayList<Change>();
        try {
            new SnapshotDifference(chunks, changes::add).between(version.before(), version.nodes());
        } catch (DamageException damage) {
            damages.add(damage);
        }
        renderer.print(version, changes, patch ? change -> text(change, chunks, damages) : null);
    }

    private static @Nullable TextDiff text(Change change, ChunkSource chunks, List<DamageException> damages)
            throws RepositoryException {
        try {
            var texts = FileTexts.stored(chunks);
            return ChangeRenderer.text(change, texts, texts);
        } catch (DamageException damage) {
            damages.add(damage);
            return null;
        }
    }
}
