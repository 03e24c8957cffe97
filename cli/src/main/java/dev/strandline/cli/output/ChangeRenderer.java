package dev.strandline.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.text.FileTexts;
import dev.strandline.cli.text.TextDiff;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.history.Change;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A change as {@code diff}, {@code log} and {@code show} print it. */
public final class ChangeRenderer {
    private ChangeRenderer() {}

    /** As restic's diff has them: {@code +} added, {@code -} removed, M content, T type, U metadata only. */
    public static String letter(Change change) {
        return switch (change) {
            case Change.Added _ -> "+";
            case Change.Removed _ -> "-";
            case Change.Modified(var _, var before, var after) ->
                before.type() != after.type() ? "T" : sameContent(before, after) ? "U" : "M";
        };
    }

    private static boolean sameContent(Node before, Node after) {
        return switch (before) {
            // What is in them is told by itself.
            case Node.Directory _ -> true;
            case Node.RegularFile one ->
                after instanceof Node.RegularFile other && one.content().equals(other.content());
            case Node.Symlink(var _, byte[] target) ->
                after instanceof Node.Symlink(var _, byte[] other) && Arrays.equals(target, other);
            case Node.Device one ->
                after instanceof Node.Device other && one.major() == other.major() && one.minor() == other.minor();
            case Node.Fifo _, Node.Socket _ -> true;
        };
    }

    /** A directory that is the same but for its time, which changes with whatever changes in it. */
    public static boolean isTimeOfDirectory(Change change) {
        return change instanceof Change.Modified(var _, Node.Directory before, Node.Directory after)
                && withoutTime(before.metadata()).equals(withoutTime(after.metadata()));
    }

    private static Metadata withoutTime(Metadata metadata) {
        return new Metadata(
                metadata.mode(),
                metadata.uid(),
                metadata.gid(),
                new FileTime(0, 0),
                metadata.xattrs(),
                metadata.linkGroup());
    }

    public static Page.Style style(Change change) {
        return switch (change) {
            case Change.Added _ -> Page.Style.GREEN;
            case Change.Removed _ -> Page.Style.RED;
            case Change.Modified _ -> Page.Style.YELLOW;
        };
    }

    /** What is different, in words: sizes, modes, owners. */
    public static String details(Change change) {
        return switch (change) {
            case Change.Added(var _, var node) -> size(node);
            case Change.Removed(var _, var node) -> size(node);
            case Change.Modified(var _, var before, var after) -> String.join(", ", details(before, after));
        };
    }

    private static String size(Node node) {
        return node instanceof Node.RegularFile file
                ? Quantities.bytes(file.content().sizeBytes())
                : "";
    }

    private static List<String> details(Node before, Node after) {
        var details = new ArrayList<String>();
        if (before.type() != after.type()) {
            return List.of(NodeRenderer.typeName(before.type()) + " -> " + NodeRenderer.typeName(after.type()));
        }
        if (before instanceof Node.RegularFile one && after instanceof Node.RegularFile other) {
            long old = one.content().sizeBytes();
            long now = other.content().sizeBytes();
            if (old != now) {
                details.add(sizes(old, now));
            }
        }
        var old = before.metadata();
        var now = after.metadata();
        if (old.mode() != now.mode()) {
            details.add(String.format(Locale.ROOT, "mode %04o -> %04o", old.mode(), now.mode()));
        }
        if (old.uid() != now.uid() || old.gid() != now.gid()) {
            details.add("owner " + owner(old) + " -> " + owner(now));
        }
        if (!old.xattrs().equals(now.xattrs())) {
            details.add("extended attributes");
        }
        if (old.linkGroup().isPresent() != now.linkGroup().isPresent()) {
            details.add("hard links");
        }
        if (details.isEmpty() && !old.modified().equals(now.modified()) && sameContent(before, after)) {
            details.add("time");
        }
        return details;
    }

    /** Where sizes read the same, how much they differ. */
    private static String sizes(long before, long after) {
        String old = Quantities.bytes(before);
        String now = Quantities.bytes(after);
        return old.equals(now)
                ? now + (after > before ? " +" : " ") + Quantities.bytes(after - before)
                : old + " -> " + now;
    }

    private static String owner(Metadata metadata) {
        return Integer.toUnsignedString(metadata.uid()) + ":" + Integer.toUnsignedString(metadata.gid());
    }

    public static ObjectNode json(Change change) {
        var json = Json.message("change").put("modifier", letter(change));
        Json.putPath(json, "path", change.path().toBytes());
        return json;
    }

    /** The lines that a change brings and takes. */
    public static TextDiff text(Change change, FileTexts before, FileTexts after) throws RepositoryException {
        return TextDiff.between(
                before.of(change.path(), nodeBefore(change)), after.of(change.path(), nodeAfter(change)));
    }

    /** Prints a change line by line; nothing where there are no lines, or the same. */
    public static void printPatch(Change change, TextDiff text, Page page) {
        lines(
                change,
                text,
                line -> page.line(
                        switch (line.kind()) {
                            case HEADER -> Page.Style.BOLD;
                            case POSITION -> Page.Style.CYAN;
                            case CONTEXT -> Page.Style.PLAIN;
                            case REMOVED -> Page.Style.RED;
                            case ADDED -> Page.Style.GREEN;
                        },
                        line.text()));
    }

    /** The same as one text, bytes that are not UTF-8 escaped. */
    public static String patch(Change change, TextDiff text) {
        var patch = new StringBuilder();
        lines(
                change,
                text,
                line -> patch.append(ByteText.printable(line.text())).append('\n'));
        return patch.toString();
    }

    private static void lines(Change change, TextDiff text, Consumer<TextDiff.Line> out) {
        var oldPath = isFile(nodeBefore(change)) ? change.path() : null;
        var newPath = isFile(nodeAfter(change)) ? change.path() : null;
        if (!letter(change).equals("U") && (oldPath != null || newPath != null)) {
            text.print(oldPath, newPath, out);
        }
    }

    /** Whether there may be lines to show. */
    static boolean isFileOrLink(Change change) {
        return isFile(nodeBefore(change)) || isFile(nodeAfter(change));
    }

    private static boolean isFile(@Nullable Node node) {
        return node instanceof Node.RegularFile || node instanceof Node.Symlink;
    }

    public static @Nullable Node nodeBefore(Change change) {
        return switch (change) {
            case Change.Added _ -> null;
            case Change.Removed(var _, var node) -> node;
            case Change.Modified(var _, var before, var _) -> before;
        };
    }

    public static @Nullable Node nodeAfter(Change change) {
        return switch (change) {
            case Change.Added(var _, var node) -> node;
            case Change.Removed _ -> null;
            case Change.Modified(var _, var _, var after) -> after;
        };
    }
}
