package dev.strandline.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.Sha256;
import dev.strandline.core.fs.CalendarTime;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotTotals;
import dev.strandline.core.tree.NodeCodec;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HexFormat;

/** JSON for machines; field names are restic's where they mean the same. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A line of a stream of messages. */
    public static ObjectNode message(String type) {
        return object().put("message_type", type);
    }

    /** Prints a document on one line. */
    public static void print(PrintStream out, JsonNode json) {
        out.println(line(json));
    }

    /** A document as one line. */
    public static String line(JsonNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON nodes can be written", impossible);
        }
    }

    /** RFC 3339 with the offset. */
    public static String time(Instant time, ZoneId zone) {
        return Moments.rfc3339(time, zone);
    }

    /** A file's time as text, which may be but the nearest that text can tell, and beside it the numbers that the file has. */
    static void putFileTime(ObjectNode json, String field, FileTime time, ZoneId zone) {
        json.put(field, time(CalendarTime.nearest(time), zone))
                .put(field + "_s", time.seconds())
                .put(field + "_ns", time.nanos());
    }

    /** A path or name as text, and beside it base64 of its bytes when these are not UTF-8. */
    public static void putPath(ObjectNode json, String field, byte[] bytes) {
        var text = ByteText.utf8(bytes);
        json.put(field, text.orElseGet(() -> ByteText.display(bytes)));
        if (text.isEmpty()) {
            json.put(field + "_b64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    public static ObjectNode snapshot(Snapshot snapshot) {
        var record = snapshot.record();
        var json = object().put("id", snapshot.id().hex())
                .put("short_id", snapshot.id().shortHex())
                .put("name", record.name())
                .put("time", time(record.time(), record.offset()))
                .put("tree", treeId(snapshot))
                .put("hostname", record.hostname())
                .put("username", record.username())
                .put("message", record.message())
                .put("trigger", record.trigger().text())
                .put("pinned", record.pinned())
                .put("program_version", record.program());
        record.parent().ifPresent(parent -> json.put("parent", parent.hex()));
        var paths = json.putArray("paths");
        boolean lossy = false;
        for (var root : record.roots()) {
            byte[] bytes = root.path().toBytes();
            lossy |= ByteText.utf8(bytes).isEmpty();
            paths.add(ByteText.utf8(bytes).orElseGet(() -> ByteText.display(bytes)));
        }
        if (lossy) {
            var encoded = json.putArray("paths_b64");
            record.roots()
                    .forEach(root -> encoded.add(
                            Base64.getEncoder().encodeToString(root.path().toBytes())));
        }
        var tags = json.putArray("tags");
        record.tags().forEach(tags::add);
        var excludes = json.putArray("excludes");
        record.excludes().forEach(excludes::add);
        var absent = json.putArray("absent");
        record.absent().forEach(path -> putPath(absent.addObject(), "path", path.toBytes()));
        json.set("summary", totals(record.totals()));
        return json;
    }

    public static ObjectNode totals(SnapshotTotals totals) {
        return object().put("files_new", totals.filesNew())
                .put("files_changed", totals.filesChanged())
                .put("files_unmodified", totals.filesUnmodified())
                .put("total_files_processed", totals.files())
                .put("total_directories_processed", totals.directories())
                .put("total_others_processed", totals.others())
                .put("total_bytes_processed", totals.bytes())
                .put("files_changed_while_read", totals.changedWhileRead())
                .put("files_unreadable", totals.unreadable())
                .put("data_added", totals.addedBytes())
                .put("data_added_packed", totals.storedBytes())
                .put("total_duration", totals.duration().toNanos() / 1e9);
    }

    /** A digest of the root trees: equal for snapshots of equal content. */
    private static String treeId(Snapshot snapshot) {
        var encoder = new Encoder();
        for (var root : snapshot.record().roots()) {
            encoder.sized(root.path().toBytes());
            NodeCodec.encode(encoder, root.node());
        }
        return HexFormat.of().formatHex(Sha256.of(encoder.toBytes()));
    }
}
