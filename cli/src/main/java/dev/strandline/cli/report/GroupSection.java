package dev.strandline.cli.report;

import dev.strandline.cli.output.Quantities;
import dev.strandline.core.fs.CalendarTime;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.report.RepositoryReport;
import dev.strandline.core.report.SnapshotGroup;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/** The snapshots by host, captured path and tag. */
final class GroupSection {
    private static final int ROWS = 30;

    private final RepositoryReport report;

    GroupSection(RepositoryReport report) {
        this.report = report;
    }

    void write(Markup page) {
        page.begin("section").element("h2", "Hosts, sources and tags");
        page.element(
                "p", "What their snapshots added, as stored; one of several sources or tags counts for each of them.");
        if (report.snapshots().isEmpty()) {
            page.element("p", "There are no snapshots yet.");
        } else {
            table(page, "Host", report.hosts(), ByteText::display);
            table(page, "Source", report.sources(), FilePath::display);
            table(page, "Tag", report.tags(), ByteText::display);
        }
        page.endLine();
    }

    private <K> void table(Markup page, String what, List<SnapshotGroup<K>> groups, Function<K, String> name) {
        if (groups.isEmpty()) {
            return;
        }
        var table = new NumberTable("~" + what, ">Snapshots", "First", "Last", ">Newest is", ">Stored");
        for (var group : groups.subList(0, Math.min(ROWS, groups.size()))) {
            table.row(
                    name.apply(group.key()),
                    Quantities.count(group.snapshots()),
                    day(group.first(), report.zone()),
                    day(group.last(), report.zone()),
                    Quantities.bytes(group.bytes()),
                    Quantities.bytes(group.storedBytes()));
        }
        table.write(page);
        page.begin("p").endLine();
    }

    static String day(Instant time, ZoneId zone) {
        return LocalDate.ofInstant(CalendarTime.nearest(time), zone).toString();
    }
}
