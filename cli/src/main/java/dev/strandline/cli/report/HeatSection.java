package dev.strandline.cli.report;

import dev.strandline.cli.output.Quantities;
import dev.strandline.core.report.ChangeReport;
import java.util.Collection;

/** When which folders change: a row for each folder, a column for each hour of the day. */
final class HeatSection {
    private static final int FOLDERS = 14;

    private final ChangeReport changes;
    private final String zone;

    HeatSection(ChangeReport changes, String zone) {
        this.changes = changes;
        this.zone = zone;
    }

    void write(Markup page) {
        page.begin("section").element("h2", "When what changes");
        page.element("p", explanation());
        var folders =
                changes.folders().subList(0, Math.min(FOLDERS, changes.folders().size()));
        if (!folders.isEmpty()) {
            table(page, folders);
        }
        page.endLine();
    }

    private String explanation() {
        String what = "Changed files by hour of the day (" + zone + "), as "
                + Quantities.count(changes.snapshots(), "snapshot") + " tell it.";
        String untold = changes.untold() == 0
                ? ""
                : " " + Quantities.count(changes.untold(), "snapshot")
                        + (changes.untold() == 1 ? " does" : " do")
                        + " not say what changed: the first of a place, and those with more than 64 changed paths.";
        return what + untold;
    }

    private static void table(Markup page, Collection<ChangeReport.BusyFolder> folders) {
        long most = folders.stream()
                .flatMap(folder -> folder.byHour().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        page.begin("table", "class", "heat")
                .begin("thead")
                .begin("tr")
                .element("th", "Folder", "scope", "col", "style", "text-align:left");
        for (int hour = 0; hour < ChangeReport.HOURS; hour++) {
            page.element("th", Integer.toString(hour), "scope", "col", "class", hour % 4 == 0 ? "even" : "odd");
        }
        page.end().end().begin("tbody");
        for (var folder : folders) {
            String name = folder.path().display();
            page.begin("tr")
                    .begin("th", "scope", "row", "title", name)
                    .element("bdi", name)
                    .end();
            int hour = 0;
            for (long count : folder.byHour()) {
                page.element(
                        "td",
                        count == 0 ? "" : Quantities.count(count),
                        "class",
                        "l" + Levels.of(count, most),
                        "title",
                        name + ", " + hour + " to " + (hour + 1) + " h: " + Quantities.count(count, "change"));
                hour++;
            }
            page.endLine();
        }
        page.end().endLine();
    }
}
