package dev.strandline.cli.report;

import dev.strandline.cli.output.Quantities;
import dev.strandline.core.repository.SizeHistogram;

/** How large the pieces are that files are cut into. */
final class SizeSection {
    private final SizeHistogram sizes;

    SizeSection(SizeHistogram sizes) {
        this.sizes = sizes;
    }

    void write(Markup page) {
        page.begin("section").element("h2", "Chunk sizes");
        page.element(
                "p",
                sizes.count() == 0
                        ? "There are no chunks of file content yet."
                        : Quantities.count(sizes.count(), "distinct chunk")
                                + " of file content; half of them are smaller than "
                                + Quantities.bytes(sizes.medianToBytes()) + ".");
        if (sizes.count() > 0) {
            columns(page);
            table().writeBehind(page, "In numbers");
        }
        page.endLine();
    }

    private void columns(Markup page) {
        long most = sizes.classes().stream()
                .mapToLong(SizeHistogram.SizeClass::count)
                .max()
                .orElse(0);
        page.begin(
                "div",
                "class",
                "columns",
                "role",
                "img",
                "aria-label",
                "Chunks by size; the table below has the numbers");
        for (var each : sizes.classes()) {
            page.element(
                    "i",
                    "",
                    "class",
                    "s1",
                    "style",
                    "height:" + Lengths.percent(each.count(), most),
                    "title",
                    range(each) + ": " + Quantities.count(each.count(), "chunk") + ", "
                            + Quantities.bytes(each.bytes()));
        }
        page.end().begin("div", "class", "ticks", "aria-hidden", "true");
        int every = 1 + sizes.classes().size() / 12;
        int position = 0;
        for (var each : sizes.classes()) {
            page.element("span", position++ % every == 0 ? Quantities.bytes(each.fromBytes()) : "");
        }
        page.endLine();
    }

    static String range(SizeHistogram.SizeClass each) {
        return Quantities.bytes(each.fromBytes()) + " to " + Quantities.bytes(each.toBytes());
    }

    private NumberTable table() {
        var table = new NumberTable("Size", ">Chunks", ">Together");
        for (var each : sizes.classes()) {
            table.row(range(each), Quantities.count(each.count()), Quantities.bytes(each.bytes()));
        }
        return table;
    }
}
