package dev.strandline.cli.command;

import dev.strandline.cli.archive.ContentWriter;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.output.ChangeRenderer;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Quantities;
import dev.strandline.cli.output.Table;
import dev.strandline.core.history.Change;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.OwnerNames;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SystemState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All that there is to say of one snapshot, on one sheet for people. */
final class SnapshotSheet {
    /** Changed paths, and lines of each state, that are printed without {@code -v}. */
    private static final int FEW = 20;

    private final Context context;
    private final PrintStream out;
    private final boolean all;

    SnapshotSheet(Context context, PrintStream out, boolean all) {
        this.context = context;
        this.out = out;
        this.all = all;
    }

    void print(
            Snapshot found,
            List<SnapshotContents.Category> categories,
            Optional<SnapshotContents.Changes> changes,
            ChunkSource source)
            throws RepositoryException {
        printRecord(found);
        changes.ifPresent(this::printChanges);
        if (!categories.isEmpty()) {
            out.println();
            var table = new Table("CATEGORY", ">FILES", ">SIZE");
            for (var category : categories) {
                table.add(
                        ByteText.display(category.name()),
                        Quantities.count(category.files()),
                        Quantities.bytes(category.bytes()));
            }
            table.print(out);
        }
        for (var state : found.record().systemState()) {
            // Nobody asks for these but to restore; 'show --state owners' has them.
            if (all || !state.name().equals(OwnerNames.STATE_NAME)) {
                printState(state, source);
            }
        }
    }

    private void printRecord(Snapshot found) {
        var record = found.record();
        var totals = record.totals();
        line("snapshot", found.id().hex());
        line("name", record.name() + " (UTC)");
        line("time", Json.time(record.time(), context.zone()));
        line("host", ByteText.display(record.hostname() + ", by " + record.username() + " with " + record.program()));
        line("trigger", record.trigger().text() + (record.pinned() ? ", pinned" : ""));
        if (!record.message().isEmpty()) {
            line("message", ByteText.display(record.message()));
        }
        if (!record.tags().isEmpty()) {
            line("tags", ByteText.display(String.join(", ", record.tags())));
        }
        record.roots().forEach(root -> line("path", root.path().display()));
        record.absent().forEach(path -> line("absent", path.display() + ", an optional source, was not there"));
        if (!record.excludes().isEmpty()) {
            line("without", ByteText.display(String.join("  ", record.excludes())));
        }
        record.parent().ifPresent(parent -> line("parent", parent.shortHex()));
        line(
                "holds",
                Quantities.count(totals.files(), "file") + ", " + Quantities.count(totals.directories())
                        + " directories, " + Quantities.count(totals.others()) + " links and others, "
                        + Quantities.bytes(totals.bytes()));
        line(
                "changes",
                Quantities.count(totals.filesNew()) + " new, " + Quantities.count(totals.filesChanged()) + " changed, "
                        + Quantities.count(totals.filesUnmodified()) + " unmodified");
        line(
                "added",
                Quantities.bytes(totals.addedBytes()) + " of new content, stored in "
                        + Quantities.bytes(totals.storedBytes()) + ", in " + Quantities.duration(totals.duration()));
        if (totals.changedWhileRead() > 0) {
            line("unstable", Quantities.count(totals.changedWhileRead(), "file") + " changed while being read");
        }
        if (totals.unreadable() > 0) {
            line("missing", Quantities.count(totals.unreadable(), "source") + " could not be read:");
            record.problems().forEach(p -> line("", p.path().display() + ": " + p.reason()));
        }
    }

    private void printChanges(SnapshotContents.Changes changes) {
        line(
                "since",
                changes.since().record().name() + ": " + Quantities.count(changes.count(Change.Added.class))
                        + " added, "
                        + Quantities.count(changes.count(Change.Modified.class)) + " modified, "
                        + Quantities.count(changes.count(Change.Removed.class)) + " removed");
        int count = changes.changes().size();
        int printed = all ? count : Math.min(count, FEW);
        for (var change : changes.changes().subList(0, printed)) {
            line(
                    "",
                    ChangeRenderer.letter(change) + " " + change.path().display()
                            + inParentheses(ChangeRenderer.details(change)));
        }
        if (printed < count) {
            line("", "and " + Quantities.count(count - printed) + " more, see 'show -v'");
        }
    }

    private static String inParentheses(String details) {
        return details.isEmpty() ? "" : "  (" + details + ")";
    }

    private void printState(SystemState state, ChunkSource source) throws RepositoryException {
        out.println();
        out.println("state of " + state.name().display()
                + (state.problem().isEmpty() ? "" : " (" + ByteText.display(state.problem()) + ")"));
        var lines = ByteText.decode(bytes(source, state)).lines().toList();
        int printed = all ? lines.size() : Math.min(lines.size(), FEW);
        lines.subList(0, printed).forEach(text -> out.println("  " + ByteText.display(text)));
        if (printed < lines.size()) {
            out.println("  and " + Quantities.count(lines.size() - printed) + " more lines, see 'show --state "
                    + state.name().display() + "'");
        }
    }

    /** What a command told. */
    static byte[] bytes(ChunkSource source, SystemState state) throws RepositoryException {
        var bytes = new ByteArrayOutputStream();
        try {
            ContentWriter.write(source, state.output().content(), bytes);
        } catch (IOException impossible) {
            throw new IllegalStateException("an array can be written", impossible);
        }
        return bytes.toByteArray();
    }

    private void line(String label, String text) {
        out.println(String.format(Locale.ROOT, "%-10s%s", label, text));
    }
}
