package dev.strandline.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.text.TextDiff;
import dev.strandline.core.history.Change;
import dev.strandline.core.history.PathHistory;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.tree.Node;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Prints the versions of a path as {@code log} has them. */
public final class VersionRenderer {
    private final Context context;
    private final Output output;
    private final Page page;
    private final boolean showsHosts;

    /** Reads the lines that a change brings and takes; null when they can't be read. */
    public interface Texts {
        @Nullable
        TextDiff of(Change change) throws RepositoryException;
    }

    public VersionRenderer(Context context, Output output, Page page, boolean showsHosts) {
        this.context = context;
        this.output = output;
        this.page = page;
        this.showsHosts = showsHosts;
    }

    /**
     * Prints one version.
     *
     * @param changes since the version before
     * @param texts null when the changed lines are not asked for
     */
    public void print(PathHistory.Version version, List<Change> changes, @Nullable Texts texts)
            throws RepositoryException {
        if (output.isJson()) {
            Json.print(page.out(), json(version, changes, texts));
            return;
        }
        var first = version.first();
        String host = showsHosts ? ByteText.display(first.record().hostname()) + "  " : "";
        String message = first.record().message().isEmpty()
                ? ""
                : "  " + ByteText.display(first.record().message());
        page.out()
                .println(page.styled(Page.Style.YELLOW, first.record().name()) + "  "
                        + first.id().shortHex() + "  "
                        + Moments.text(first.record().time(), context.zone()) + "  "
                        + Quantities.age(first.record().time(), context.clock().instant()) + "  " + host
                        + what(version, changes) + message);
        if (texts != null) {
            for (var change : changes) {
                var text = page.isGone() ? null : texts.of(change);
                if (text != null) {
                    ChangeRenderer.printPatch(change, text, page);
                }
            }
            page.line(Page.Style.PLAIN, "");
        }
    }

    private static String what(PathHistory.Version version, List<Change> changes) {
        if (version.isGone()) {
            return "- gone";
        }
        boolean isOneFile =
                changes.size() == 1 && !(ChangeRenderer.nodeAfter(changes.getFirst()) instanceof Node.Directory);
        if (isOneFile && version.nodes().containsKey(changes.getFirst().path())) {
            var change = changes.getFirst();
            return ChangeRenderer.letter(change) + " " + ChangeRenderer.details(change);
        }
        return (version.before().isEmpty() ? "+ " : "M ")
                + Quantities.count(count(changes, Change.Added.class::isInstance)) + " added, "
                + Quantities.count(count(changes, VersionRenderer::isModified)) + " changed, "
                + Quantities.count(count(changes, Change.Removed.class::isInstance)) + " removed";
    }

    private static boolean isModified(Change change) {
        return change instanceof Change.Modified && !ChangeRenderer.isTimeOfDirectory(change);
    }

    private static long count(List<Change> changes, Predicate<Change> kind) {
        return changes.stream().filter(kind).count();
    }

    private ObjectNode json(PathHistory.Version version, List<Change> changes, @Nullable Texts texts)
            throws RepositoryException {
        var json = Json.message("version")
                .put("hostname", version.first().record().hostname())
                .put("gone", version.isGone())
                .put("snapshots", version.count());
        json.set("first", reference(version.first()));
        json.set("last", reference(version.last()));
        var told = json.putArray("changes");
        for (var change : changes) {
            if (ChangeRenderer.isTimeOfDirectory(change)) {
                continue;
            }
            var entry = ChangeRenderer.json(change);
            entry.remove("message_type");
            var after = ChangeRenderer.nodeAfter(change);
            if (after != null) {
                entry.set("after", NodeRenderer.attributes(after, context.zone()));
            }
            if (texts != null) {
                var text = texts.of(change);
                if (text != null && text.isText()) {
                    entry.put("patch", ChangeRenderer.patch(change, text));
                }
            }
            told.add(entry);
        }
        return json;
    }

    /** Which snapshot, in few words. */
    public static ObjectNode reference(Snapshot snapshot) {
        return Json.object()
                .put("id", snapshot.id().hex())
                .put("short_id", snapshot.id().shortHex())
                .put("name", snapshot.record().name())
                .put(
                        "time",
                        Json.time(snapshot.record().time(), snapshot.record().offset()));
    }
}
