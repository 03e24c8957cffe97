package dev.strandline.cli.report;

import dev.strandline.cli.output.Quantities;
import dev.strandline.core.report.FolderSlice;
import dev.strandline.core.report.Holdings;
import java.util.List;

/** Where the stored bytes are, as a map of folders. */
final class FolderSection {
    private static final int FOLDERS = 24;
    private static final int COLOURS = 6;
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 400;

    /** Smaller tiles have no room for a name. */
    private static final double MIN_LABELLED_WIDTH = 60;

    private static final double MIN_LABELLED_HEIGHT = 38;

    private final Holdings holdings;

    FolderSection(Holdings holdings) {
        this.holdings = holdings;
    }

    void write(Markup page) {
        page.begin("section").element("h2", "Where the bytes are");
        page.element(
                "p",
                "Folders by what they take in the repository, over all snapshots. What stands in several places counts where"
                        + " it was met first.");
        var slices = FolderSlice.of(holdings.roots(), FOLDERS).stream()
                .filter(slice -> slice.storedBytes() > 0)
                .toList();
        if (slices.isEmpty()) {
            page.element("p", "Nothing is stored yet.");
        } else {
            map(page, slices);
            table(slices).writeBehind(page, "All folders of the map");
        }
        page.endLine();
    }

    static String name(FolderSlice slice) {
        return slice.share().path().display() + (slice.isRest() ? " (rest)" : "");
    }

    private static void map(Markup page, List<FolderSlice> slices) {
        var tiles = Tiling.of(
                WIDTH, HEIGHT, slices.stream().map(FolderSlice::storedBytes).toList());
        page.begin(
                "div",
                "class",
                "map",
                "role",
                "img",
                "aria-label",
                "Folders by stored bytes; the table below has them all");
        for (int i = 0; i < tiles.size(); i++) {
            var tile = tiles.get(i);
            var slice = slices.get(i);
            String figure = Quantities.bytes(slice.storedBytes());
            page.begin(
                    "div",
                    "class",
                    "s" + (1 + i % COLOURS),
                    "style",
                    "left:" + Lengths.percent(tile.x(), WIDTH) + ";top:" + Lengths.percent(tile.y(), HEIGHT) + ";width:"
                            + Lengths.percent(tile.width(), WIDTH) + ";height:"
                            + Lengths.percent(tile.height(), HEIGHT),
                    "title",
                    name(slice) + ": " + figure);
            if (tile.width() >= MIN_LABELLED_WIDTH && tile.height() >= MIN_LABELLED_HEIGHT) {
                page.element("b", label(slice)).element("span", figure);
            }
            page.endLine();
        }
        page.endLine();
    }

    /** The last component, for the room there is. */
    private static String label(FolderSlice slice) {
        var path = slice.share().path();
        String name = path.depth() < 2 ? path.display() : "…/" + path.name().display();
        return name + (slice.isRest() ? " (rest)" : "");
    }

    private NumberTable table(List<FolderSlice> slices) {
        long all = slices.stream().mapToLong(FolderSlice::storedBytes).sum();
        var table = new NumberTable("~Folder", ">Stored", ">Share");
        for (var slice : slices) {
            table.row(name(slice), Quantities.bytes(slice.storedBytes()), Quantities.percent(slice.storedBytes(), all));
        }
        return table;
    }
}
