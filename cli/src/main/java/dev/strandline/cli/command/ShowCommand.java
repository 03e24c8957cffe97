package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.SnapshotAddress;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Quantities;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Shows one snapshot's record. */
public final class ShowCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();

    private String snapshot = "";

    public ShowCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(this, "show", "Show a snapshot's record: when, where, why, how much.")
                .aliases("info")
                .exitCodes(
                        "0:shown", "1:no such snapshot, or failed", "2:wrong usage", "10:no repository", "12:wrong key")
                .with(repository)
                .with(outputOptions)
                .argument("SNAP", "An id, a name, latest, latest~N or @TIME.", value -> snapshot = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        var address = SnapshotAddress.parse(snapshot, context);
        if (address.path().isPresent()) {
            throw new UsageException("show takes a snapshot without a path; 'ls' shows paths");
        }
        try (var open = repository.open(context, output::note).repository()) {
            var found = address.find(open, output);
            if (output.isJson()) {
                var json = Json.snapshot(found);
                var problems = json.putArray("problems");
                for (var problem : found.record().problems()) {
                    var entry = problems.addObject().put("reason", problem.reason());
                    Json.putPath(entry, "path", problem.path().toBytes());
                }
                Json.print(output.answer(), json);
            } else {
                print(output.answer(), found);
            }
            return ExitCode.DONE;
        }
    }

    private void print(PrintStream out, Snapshot found) {
        var record = found.record();
        var totals = record.totals();
        line(out, "snapshot", found.id().hex());
        line(out, "name", record.name() + " (UTC)");
        line(out, "time", Json.time(record.time(), context.zone()));
        line(
                out,
                "host",
                ByteText.display(record.hostname() + ", by " + record.username() + " with " + record.program()));
        line(out, "trigger", record.trigger().text());
        if (!record.message().isEmpty()) {
            line(out, "message", ByteText.display(record.message()));
        }
        if (!record.tags().isEmpty()) {
            line(out, "tags", ByteText.display(String.join(", ", record.tags())));
        }
        record.roots().forEach(root -> line(out, "path", root.path().display()));
        record.absent().forEach(path -> line(out, "absent", path.display() + ", an optional source, was not there"));
        if (!record.excludes().isEmpty()) {
            line(out, "without", ByteText.display(String.join("  ", record.excludes())));
        }
        record.parent().ifPresent(parent -> line(out, "parent", parent.shortHex()));
        line(
                out,
                "holds",
                Quantities.count(totals.files(), "file") + ", " + Quantities.count(totals.directories())
                        + " directories, " + Quantities.count(totals.others()) + " links and others, "
                        + Quantities.bytes(totals.bytes()));
        line(
                out,
                "changes",
                Quantities.count(totals.filesNew()) + " new, " + Quantities.count(totals.filesChanged()) + " changed, "
                        + Quantities.count(totals.filesUnmodified()) + " unmodified");
        line(
                out,
                "added",
                Quantities.bytes(totals.addedBytes()) + " of new content, stored in "
                        + Quantities.bytes(totals.storedBytes()) + ", in " + Quantities.duration(totals.duration()));
        if (totals.changedWhileRead() > 0) {
            line(out, "unstable", Quantities.count(totals.changedWhileRead(), "file") + " changed while being read");
        }
        if (totals.unreadable() > 0) {
            line(out, "missing", Quantities.count(totals.unreadable(), "source") + " could not be read:");
            record.problems().forEach(p -> line(out, "", p.path().display() + ": " + p.reason()));
        }
    }

    private static void line(PrintStream out, String label, String text) {
        out.println(String.format(Locale.ROOT, "%-10s%s", label, text));
    }
}
