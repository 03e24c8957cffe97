package dev.strandline.cli.report;

import dev.strandline.cli.output.Quantities;
import dev.strandline.core.report.ChangeReport;
import dev.strandline.core.report.Holdings;
import java.util.Comparator;
import java.util.Map;

/** What kinds of files take the room, and how often they change. */
final class KindSection {
    private static final int KINDS = 10;

    private final Holdings holdings;
    private final ChangeReport changes;

    KindSection(Holdings holdings, ChangeReport changes) {
        this.holdings = holdings;
        this.changes = changes;
    }

    void write(Markup page) {
        page.begin("section").element("h2", "Kinds of files");
        page.element("p", "By what they take in the repository, over all snapshots.");
        var bars = new Bars();
        var table = new NumberTable("Kind", ">Stored", ">Changes");
        var byBytes = holdings.kinds().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .toList();
        int shown = 0;
        for (var kind : byBytes) {
            if (shown++ < KINDS) {
                bars.add(kind.getKey(), kind.getValue(), Quantities.bytes(kind.getValue()), 4);
            }
            table.row(
                    kind.getKey(),
                    Quantities.bytes(kind.getValue()),
                    Quantities.count(changes.kinds().getOrDefault(kind.getKey(), 0L)));
        }
        if (table.isEmpty()) {
            page.element("p", "Nothing is stored yet.");
        } else {
            bars.write(page);
            table.writeBehind(page, "All kinds, with their changes");
        }
        page.endLine();
    }
}
