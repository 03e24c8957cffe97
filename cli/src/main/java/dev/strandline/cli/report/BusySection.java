package dev.strandline.cli.report;

import dev.strandline.cli.output.Quantities;
import dev.strandline.core.report.ChangeReport;

/** The files that change most often. */
final class BusySection {
    private static final int PATHS = 12;

    private final ChangeReport changes;

    BusySection(ChangeReport changes) {
        this.changes = changes;
    }

    void write(Markup page) {
        page.begin("section").element("h2", "Busiest files");
        page.element(
                "p",
                "How many snapshots have a file different from the one before."
                        + (changes.unnamed() == 0
                                ? ""
                                : " " + Quantities.count(changes.unnamed(), "change") + " of files that are gone "
                                        + (changes.unnamed() == 1 ? "is" : "are") + " not counted."));
        if (changes.paths().isEmpty()) {
            page.element("p", "No record tells of any change yet.");
        } else {
            var bars = new Bars();
            for (var path :
                    changes.paths().subList(0, Math.min(PATHS, changes.paths().size()))) {
                bars.add(path.path().display(), path.changes(), Quantities.count(path.changes()), 2);
            }
            bars.write(page);
        }
        page.endLine();
    }
}
