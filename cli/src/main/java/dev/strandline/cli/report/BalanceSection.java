package dev.strandline.cli.report;

import dev.strandline.cli.output.Quantities;
import dev.strandline.core.report.DeduplicationReport;
import java.util.List;

/** From what the snapshots restore to, to what the repository takes: three bars, each the end of the one above, enlarged. */
final class BalanceSection {
    private final DeduplicationReport report;

    /** A piece of a bar; the last one of a bar is what the next one shows. */
    private record Piece(String name, long bytes, int colour) {}

    BalanceSection(DeduplicationReport report) {
        this.report = report;
    }

    void write(Markup page) {
        var stored = report.stored();
        page.begin("section").element("h2", "From snapshots to stored bytes");
        page.element(
                "p",
                "Each bar is the last piece of the one above it, enlarged: what is stored once for many, what differences and"
                        + " compression save, and what the repository is made of.");
        bar(
                page,
                "All snapshots, restored",
                report.logicalBytes(),
                List.of(
                        new Piece("duplicates and holes", report.duplicateBytes(), 6),
                        new Piece("distinct content", stored.data().plainBytes(), 1)));
        zoom(page, report.logicalBytes(), stored.data().plainBytes());
        bar(
                page,
                "Distinct content",
                stored.data().plainBytes(),
                List.of(
                        new Piece("saved by differences", report.deltaBytes(), 4),
                        new Piece("saved by compression", report.compressionBytes(), 2),
                        new Piece("content stored", stored.data().storedBytes(), 1)));
        zoom(page, stored.data().plainBytes(), stored.data().storedBytes());
        bar(
                page,
                "The repository",
                stored.totalBytes(),
                List.of(
                        new Piece("content", stored.data().storedBytes(), 1),
                        new Piece("directories", stored.tree().storedBytes(), 5),
                        new Piece("overhead", stored.overheadBytes(), 3)));
        table().writeBehind(page, "In numbers");
        page.endLine();
    }

    private static void bar(Markup page, String name, long bytes, List<Piece> pieces) {
        page.begin("div", "class", "label")
                .element("span", name)
                .element("b", Quantities.bytes(bytes))
                .end();
        page.begin("div", "class", "stack", "role", "img", "aria-label", description(name, pieces));
        if (bytes <= 0) {
            page.element("i", "", "class", "l0", "style", "flex-grow:1");
        }
        for (var piece : pieces) {
            if (piece.bytes > 0 && bytes > 0) {
                page.element(
                        "i",
                        "",
                        "class",
                        "s" + piece.colour,
                        "style",
                        "flex:" + Lengths.of(Math.max(0.01, 100.0 * piece.bytes / bytes)) + " 0 0",
                        "title",
                        piece.name + ": " + Quantities.bytes(piece.bytes));
            }
        }
        page.end().begin("div", "class", "legend");
        for (var piece : pieces) {
            page.begin("span").element("i", "", "class", "s" + piece.colour).text(piece.name + " ");
            page.element("b", Quantities.bytes(piece.bytes)).end();
        }
        page.endLine();
    }

    private static String description(String name, List<Piece> pieces) {
        var text = new StringBuilder(name).append(": ");
        for (var piece : pieces) {
            text.append(piece.name)
                    .append(' ')
                    .append(Quantities.bytes(piece.bytes))
                    .append("; ");
        }
        return text.toString();
    }

    /** Leads from the last piece of a bar to the whole of the next. */
    private static void zoom(Markup page, long whole, long piece) {
        double left = whole <= 0 ? 0 : 100 * (1 - Math.clamp((double) piece / whole, 0, 1));
        page.begin(
                "svg", "class", "zoom", "viewBox", "0 0 100 10", "preserveAspectRatio", "none", "aria-hidden", "true");
        page.empty("path", "d", "M" + Lengths.of(left) + " 0 L100 0 L100 10 L0 10 Z");
        page.endLine();
    }

    private NumberTable table() {
        var stored = report.stored();
        return new NumberTable("", ">Bytes", ">")
                .row(
                        "snapshots restored",
                        Quantities.count(report.logicalBytes()),
                        Quantities.bytes(report.logicalBytes()))
                .row("− duplicates and holes", count(report.duplicateBytes()), bytes(report.duplicateBytes()))
                .row("− differences", count(report.deltaBytes()), bytes(report.deltaBytes()))
                .row("− compression", count(report.compressionBytes()), bytes(report.compressionBytes()))
                .row(
                        "= content stored",
                        count(stored.data().storedBytes()),
                        bytes(stored.data().storedBytes()))
                .row(
                        "+ directories",
                        count(stored.tree().storedBytes()),
                        bytes(stored.tree().storedBytes()))
                .row("+ overhead", count(stored.overheadBytes()), bytes(stored.overheadBytes()))
                .row("= repository", count(stored.totalBytes()), bytes(stored.totalBytes()));
    }

    private static String count(long bytes) {
        return Quantities.count(bytes);
    }

    private static String bytes(long bytes) {
        return Quantities.bytes(bytes);
    }
}
