package dev.strandline.cli.output;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.text.FileTexts;
import dev.strandline.cli.text.TextDiff;
import dev.strandline.core.encoding.Sum;
import dev.strandline.core.history.Change;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints changes one by one as they are found, and their sums at the end. One use, one thread. */
public final class DiffRenderer {
    /** The longest bar of {@link Format#STAT}, in characters. */
    private static final int BAR = 40;

    private final Context context;
    private final Output output;
    private final Page page;
    private final Sides sides;
    private final Format format;
    private final Tally added = new Tally();
    private final Tally removed = new Tally();
    private final List<Stat> stats = new ArrayList<>();
    private boolean isDamaged;
    private long changed;
    private long insertedLines;
    private long deletedLines;

    /** How much to print of each change. */
    public enum Format {
        NAMES,
        PATCH,
        STAT
    }

    /**
     * What is compared.
     *
     * @param after empty for what is on the disk
     */
    public record Sides(Snapshot before, Optional<Snapshot> after, FileTexts textsBefore, FileTexts textsAfter) {}

    /** What came or went. */
    private static final class Tally {
        long files;
        long directories;
        long others;
        long bytes;

        void add(@Nullable Node node) {
            switch (node) {
                case Node.RegularFile file -> {
                    files++;
                    bytes = Sum.saturated(bytes, file.content().sizeBytes());
                }
                case Node.Directory _ -> directories++;
                case null -> {}
                case Node _ -> others++;
            }
        }
    }

    private record Stat(String path, boolean isText, int addedLines, int removedLines, String letter, String details) {
        static Stat of(Change change, TextDiff text) {
            return new Stat(
                    change.path().display(),
                    text.isText(),
                    text.addedLines(),
                    text.removedLines(),
                    ChangeRenderer.letter(change),
                    ChangeRenderer.details(change));
        }
    }

    public DiffRenderer(Context context, Output output, Page page, Sides sides, Format format) {
        this.context = context;
        this.output = output;
        this.page = page;
        this.sides = sides;
        this.format = format;
    }

    public void begin() {
        if (!output.isJson() && (context.isOutputTerminal() || format == Format.NAMES)) {
            page.line(
                    Page.Style.PLAIN,
                    "comparing " + describe(sides.before) + " with "
                            + sides.after.map(this::describe).orElse("what is on this host now"));
            page.line(Page.Style.PLAIN, "");
        }
    }

    private String describe(Snapshot snapshot) {
        var record = snapshot.record();
        return record.name() + " (" + snapshot.id().shortHex()
                + (record.message().isEmpty() ? "" : ", " + ByteText.display(record.message())) + ")";
    }

    public void on(Change change) throws RepositoryException {
        count(change);
        var text = format == Format.NAMES ? Optional.<TextDiff>empty() : text(change);
        if (text.isPresent()) {
            insertedLines += text.get().addedLines();
            deletedLines += text.get().removedLines();
        }
        if (output.isJson()) {
            json(change, text);
            return;
        }
        if (text.isEmpty()) {
            name(change);
            return;
        }
        switch (format) {
            case NAMES -> name(change);
            case PATCH -> patch(change, text.orElseThrow());
            case STAT -> stats.add(Stat.of(change, text.orElseThrow()));
        }
    }

    /** Of content that can't be read, nothing; that is told. */
    private Optional<TextDiff> text(Change change) throws RepositoryException {
        try {
            return Optional.of(ChangeRenderer.text(change, sides.textsBefore, sides.textsAfter));
        } catch (DamageException damage) {
            isDamaged = true;
            output.warning("damaged: " + change.path().display() + ": " + damage.getMessage());
            return Optional.empty();
        }
    }

    /** Whether something could not be read. */
    public boolean isDamaged() {
        return isDamaged;
    }

    private void count(Change change) {
        switch (change) {
            case Change.Added(var _, var node) -> added.add(node);
            case Change.Removed(var _, var node) -> removed.add(node);
            case Change.Modified(var _, var before, var after) -> {
                changed++;
                if (!ChangeRenderer.letter(change).equals("U")) {
                    added.bytes = Sum.saturated(added.bytes, size(after));
                    removed.bytes = Sum.saturated(removed.bytes, size(before));
                }
            }
        }
    }

    private static long size(Node node) {
        return node instanceof Node.RegularFile file ? file.content().sizeBytes() : 0;
    }

    private void json(Change change, Optional<TextDiff> text) {
        var json = ChangeRenderer.json(change);
        var before = ChangeRenderer.nodeBefore(change);
        var after = ChangeRenderer.nodeAfter(change);
        if (before != null) {
            json.set("before", NodeRenderer.attributes(before, context.zone()));
        }
        if (after != null) {
            json.set("after", NodeRenderer.attributes(after, context.zone()));
        }
        if (text.isPresent() && text.get().isText()) {
            json.put("lines_added", text.get().addedLines())
                    .put("lines_removed", text.get().removedLines());
            if (format == Format.PATCH) {
                json.put("patch", ChangeRenderer.patch(change, text.get()));
            }
        }
        Json.print(page.out(), json);
    }

    private void name(Change change) {
        String details = ChangeRenderer.details(change);
        page.line(
                ChangeRenderer.style(change),
                ChangeRenderer.letter(change) + "    " + change.path().display()
                        + (details.isEmpty() ? "" : "  (" + details + ")"));
    }

    private void patch(Change change, TextDiff text) {
        boolean onlyMetadata = ChangeRenderer.letter(change).equals("U");
        if (onlyMetadata || !ChangeRenderer.isFileOrLink(change) || !text.differs()) {
            page.line(
                    Page.Style.BOLD,
                    (ChangeRenderer.letter(change) + " " + change.path().display() + "  "
                                    + ChangeRenderer.details(change))
                            .stripTrailing());
        } else {
            ChangeRenderer.printPatch(change, text, page);
        }
    }

    public void end() {
        if (output.isJson()) {
            var json = Json.message("statistics")
                    .put("source_snapshot", sides.before.id().hex())
                    .put(
                            "target_snapshot",
                            sides.after.map(after -> after.id().hex()).orElse(null))
                    .put("changed_files", changed);
            json.putObject("added")
                    .put("files", added.files)
                    .put("dirs", added.directories)
                    .put("others", added.others)
                    .put("bytes", added.bytes);
            json.putObject("removed")
                    .put("files", removed.files)
                    .put("dirs", removed.directories)
                    .put("others", removed.others)
                    .put("bytes", removed.bytes);
            if (format != Format.NAMES) {
                json.put("lines_added", insertedLines).put("lines_removed", deletedLines);
            }
            Json.print(page.out(), json);
            return;
        }
        switch (format) {
            case NAMES -> sums();
            case STAT -> printStats();
            case PATCH -> {}
        }
    }

    private void sums() {
        if (added.files
                        + added.directories
                        + added.others
                        + removed.files
                        + removed.directories
                        + removed.others
                        + changed
                == 0) {
            page.line(Page.Style.PLAIN, "nothing differs");
            return;
        }
        page.line(Page.Style.PLAIN, "");
        page.line(
                Page.Style.PLAIN,
                Quantities.count(changed) + " changed, " + sum("added", added) + ", " + sum("removed", removed));
    }

    private static String sum(String verb, Tally tally) {
        return verb + " " + Quantities.count(tally.files, "file") + " and "
                + Quantities.count(tally.directories + tally.others) + " others with " + Quantities.bytes(tally.bytes);
    }

    private void printStats() {
        int width = stats.stream().mapToInt(stat -> stat.path.length()).max().orElse(0);
        long most = stats.stream()
                .mapToLong(stat -> (long) stat.addedLines + stat.removedLines)
                .max()
                .orElse(0);
        for (var stat : stats) {
            page.line(
                    Page.Style.PLAIN,
                    " " + stat.path + " ".repeat(width - stat.path.length()) + " | " + bar(stat, most));
        }
        page.line(
                Page.Style.PLAIN,
                " " + Quantities.count(stats.size(), "path") + " changed, " + Quantities.count(insertedLines, "line")
                        + " added, " + Quantities.count(deletedLines, "line") + " removed");
    }

    private String bar(Stat stat, long most) {
        if (!stat.isText) {
            return "Bin " + stat.details;
        }
        int lines = stat.addedLines + stat.removedLines;
        if (lines == 0) {
            return stat.letter + " " + stat.details;
        }
        double scale = most > BAR ? (double) BAR / most : 1;
        return lines + " " + mark("+", stat.addedLines, scale) + mark("-", stat.removedLines, scale);
    }

    private static String mark(String letter, int lines, double scale) {
        return letter.repeat(lines == 0 ? 0 : Math.max(1, (int) Math.round(lines * scale)));
    }
}
