package dev.strandline.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.core.fs.CalendarTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.tree.Node;
import java.time.ZoneId;
import java.util.Locale;

/** A node as {@code ls} prints it. */
public final class NodeRenderer {
    private NodeRenderer() {}

    /** Mode, owner, size, time and path, as {@code ls -l} has them; an unstable file is marked. */
    public static String longLine(FilePath path, Node node, ZoneId zone) {
        var metadata = node.metadata();
        String size = switch (node) {
            case Node.RegularFile file -> Long.toString(file.content().sizeBytes());
            case Node.Device device -> device.major() + "," + device.minor();
            case Node _ -> "-";
        };
        String suffix = switch (node) {
            case Node.Symlink(var _, byte[] target) -> " -> " + ByteText.display(target);
            case Node.RegularFile file when file.changedWhileRead() -> "  (changed while read)";
            case Node _ -> "";
        };
        return String.format(
                Locale.ROOT,
                "%s %6s %6s %12s  %s  %s%s",
                permissions(node.type(), metadata.mode()),
                Integer.toUnsignedString(metadata.uid()),
                Integer.toUnsignedString(metadata.gid()),
                size,
                Moments.text(CalendarTime.nearest(metadata.modified()), zone),
                path.display(),
                suffix);
    }

    /** As restic's {@code ls --json}. */
    public static ObjectNode json(FilePath path, Node node, ZoneId zone) {
        var json = Json.message("node");
        byte[] name = path.depth() == 0 ? path.toBytes() : path.name().toBytes();
        Json.putPath(json, "name", name);
        Json.putPath(json, "path", path.toBytes());
        return json.setAll(attributes(node, zone));
    }

    /** What there is to say of a node without its name. */
    static ObjectNode attributes(Node node, ZoneId zone) {
        var metadata = node.metadata();
        var json = Json.object()
                .put("type", typeName(node.type()))
                .put("uid", Integer.toUnsignedLong(metadata.uid()))
                .put("gid", Integer.toUnsignedLong(metadata.gid()))
                .put("mode", metadata.mode())
                .put("permissions", permissions(node.type(), metadata.mode()));
        Json.putFileTime(json, "mtime", metadata.modified(), zone);
        switch (node) {
            case Node.RegularFile file -> {
                json.put("size", file.content().sizeBytes());
                if (file.changedWhileRead()) {
                    json.put("changed_while_read", true);
                }
            }
            case Node.Symlink(var _, byte[] target) -> Json.putPath(json, "linktarget", target);
            case Node.Device device -> json.put("device_major", device.major()).put("device_minor", device.minor());
            case Node.Directory _, Node.Fifo _, Node.Socket _ -> {}
        }
        return json;
    }

    static String typeName(FileType type) {
        return switch (type) {
            case REGULAR -> "file";
            case DIRECTORY -> "dir";
            case SYMLINK -> "symlink";
            case FIFO -> "fifo";
            case SOCKET -> "socket";
            case CHARACTER_DEVICE -> "chardev";
            case BLOCK_DEVICE -> "dev";
        };
    }

    private static String permissions(FileType type, int mode) {
        char first = switch (type) {
            case REGULAR -> '-';
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            case FIFO -> 'p';
            case SOCKET -> 's';
            case CHARACTER_DEVICE -> 'c';
            case BLOCK_DEVICE -> 'b';
        };
        var text = new StringBuilder().append(first);
        for (int shift = 6; shift >= 0; shift -= 3) {
            int bits = (mode >> shift) & 7;
            boolean special = (mode & (01000 << (shift / 3))) != 0;
            char specialLetter = shift == 0 ? 't' : 's';
            boolean executable = (bits & 1) != 0;
            text.append((bits & 4) != 0 ? 'r' : '-').append((bits & 2) != 0 ? 'w' : '-');
            text.append(
                    special
                            ? (executable ? specialLetter : Character.toUpperCase(specialLetter))
                            : (executable ? 'x' : '-'));
        }
        return text.toString();
    }
}
