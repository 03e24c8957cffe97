package dev.strandline.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.environment.Context;
import dev.strandline.core.history.Occurrences.Occurrence;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.tree.Node;
import java.util.List;

/** Prints what was found over all snapshots. */
public final class OccurrenceRenderer {
    private final Context context;
    private final Output output;
    private final Page page;

    public OccurrenceRenderer(Context context, Output output, Page page) {
        this.context = context;
        this.output = output;
        this.page = page;
    }

    /** Prints one line for each. */
    public void print(List<Occurrence> found) {
        if (output.isJson()) {
            found.forEach(occurrence -> Json.print(page.out(), json(occurrence)));
        } else if (found.isEmpty()) {
            output.remark("nothing found");
        } else {
            table(found).print(page.out());
        }
    }

    private Table table(List<Occurrence> found) {
        boolean showsHosts =
                found.stream().map(OccurrenceRenderer::host).distinct().count() > 1;
        var table = showsHosts
                ? new Table("FIRST", "LAST", ">SNAPSHOTS", "HOST", "TYPE", ">SIZE", "PATH")
                : new Table("FIRST", "LAST", ">SNAPSHOTS", "TYPE", ">SIZE", "PATH");
        for (var occurrence : found) {
            String first = occurrence.first().record().name();
            String last = occurrence.last().record().name();
            String count = Quantities.count(occurrence.count());
            String type = NodeRenderer.typeName(occurrence.node().type());
            String path = occurrence.path().display();
            if (showsHosts) {
                table.add(first, last, count, host(occurrence), type, size(occurrence.node()), path);
            } else {
                table.add(first, last, count, type, size(occurrence.node()), path);
            }
        }
        return table;
    }

    private static String host(Occurrence occurrence) {
        return ByteText.display(occurrence.first().record().hostname());
    }

    private static String size(Node node) {
        return node instanceof Node.RegularFile file
                ? Quantities.bytes(file.content().sizeBytes())
                : "";
    }

    private ObjectNode json(Occurrence occurrence) {
        var json = span(Json.message("match"), occurrence);
        json.set("node", NodeRenderer.attributes(occurrence.node(), context.zone()));
        return json;
    }

    /** Where and in which snapshots. */
    public static ObjectNode span(ObjectNode json, Occurrence occurrence) {
        Json.putPath(json, "path", occurrence.path().toBytes());
        json.put("hostname", occurrence.first().record().hostname()).put("snapshots", occurrence.count());
        json.set("first", VersionRenderer.reference(occurrence.first()));
        json.set("last", VersionRenderer.reference(occurrence.last()));
        return json;
    }
}
