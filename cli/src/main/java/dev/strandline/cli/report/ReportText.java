package dev.strandline.cli.report;

import dev.strandline.cli.output.Quantities;
import dev.strandline.cli.output.Table;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.report.DeduplicationReport;
import dev.strandline.core.report.RepositoryReport;
import dev.strandline.core.report.SnapshotGroup;
import dev.strandline.core.repository.SizeHistogram;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;

/** A report as text. */
public final class ReportText {
    private static final int DAYS = 7;
    private static final int GROUPS = 10;
    private static final int BAR_LENGTH = 30;

    private final RepositoryReport report;
    private final PrintStream out;

    public ReportText(RepositoryReport report, PrintStream out) {
        this.report = report;
        this.out = out;
    }

    public void print() {
        balance(report.deduplication());
        if (!report.snapshots().isEmpty()) {
            growth();
            out.println();
            out.println(ForecastText.of(report.forecast()));
            groups();
        }
        sizes(report.deduplication().stored().dataSizes());
        report.detail().ifPresent(detail -> new DetailText(report, detail, out).print());
    }

    private void balance(DeduplicationReport amounts) {
        var stored = amounts.stored();
        var table = new Table("", ">BYTES", "");
        table.add(
                "snapshots restored",
                Quantities.bytes(amounts.logicalBytes()),
                Quantities.count(amounts.snapshots(), "snapshot") + ", "
                        + Quantities.count(amounts.logicalFiles(), "file"));
        table.add("- duplicates and holes", Quantities.bytes(amounts.duplicateBytes()), "content stored once for many");
        table.add(
                "= distinct content",
                Quantities.bytes(stored.data().plainBytes()),
                Quantities.count(stored.data().chunks(), "chunk"));
        table.add(
                "- differences",
                Quantities.bytes(amounts.deltaBytes()),
                Quantities.count(stored.data().differences(), "chunk") + " stored as what differs from another");
        table.add("- compression", Quantities.bytes(amounts.compressionBytes()), "");
        table.add("= content stored", Quantities.bytes(stored.data().storedBytes()), "");
        table.add(
                "+ trees",
                Quantities.bytes(stored.tree().storedBytes()),
                Quantities.count(stored.tree().chunks(), "chunk") + ", "
                        + Quantities.bytes(stored.tree().plainBytes()) + " before compression");
        table.add("+ overhead", Quantities.bytes(stored.overheadBytes()), "headers, index segments, records, padding");
        table.add(
                "= repository",
                Quantities.bytes(stored.totalBytes()),
                Quantities.count(stored.packs(), "pack") + ", " + Quantities.count(stored.segments(), "index segment")
                        + ", " + Quantities.count(stored.snapshots(), "snapshot record"));
        table.print(out);
        if (stored.totalBytes() > 0) {
            out.println();
            out.println("ratio: " + Quantities.ratio(amounts.ratio()) + " bytes restored for each byte stored");
        }
    }

    private void growth() {
        out.println();
        var table = new Table("DAY", ">SNAPSHOTS", ">SIZE", ">NEW", ">STORED");
        for (var day : report.growth().last(DAYS)) {
            table.add(
                    day.date().toString(),
                    Quantities.count(day.snapshots()),
                    Quantities.bytes(day.logicalBytes()),
                    Quantities.bytes(day.addedBytes()),
                    Quantities.bytes(day.storedBytes()));
        }
        table.print(out);
    }

    private void groups() {
        out.println();
        var table = new Table("", "", ">SNAPSHOTS", "FIRST", "LAST", ">NEWEST IS", ">STORED");
        add(table, "host", report.hosts(), ByteText::display);
        add(table, "source", report.sources(), FilePath::display);
        add(table, "tag", report.tags(), ByteText::display);
        table.print(out);
    }

    private <K> void add(Table table, String kind, List<SnapshotGroup<K>> groups, Function<K, String> name) {
        for (var group : groups.subList(0, Math.min(GROUPS, groups.size()))) {
            table.add(
                    kind,
                    name.apply(group.key()),
                    Quantities.count(group.snapshots()),
                    GroupSection.day(group.first(), report.zone()),
                    GroupSection.day(group.last(), report.zone()),
                    Quantities.bytes(group.bytes()),
                    Quantities.bytes(group.storedBytes()));
        }
        if (groups.size() > GROUPS) {
            table.add(kind, "and " + Quantities.count(groups.size() - GROUPS) + " more", "", "", "", "", "");
        }
    }

    private void sizes(SizeHistogram sizes) {
        if (sizes.count() == 0) {
            return;
        }
        out.println();
        long most = sizes.classes().stream()
                .mapToLong(SizeHistogram.SizeClass::count)
                .max()
                .orElse(1);
        var table = new Table(">CHUNKS FROM", ">COUNT", ">TOGETHER", "");
        for (var each : sizes.classes()) {
            table.add(
                    Quantities.bytes(each.fromBytes()),
                    Quantities.count(each.count()),
                    Quantities.bytes(each.bytes()),
                    "#".repeat((int) Math.ceilDiv(each.count() * BAR_LENGTH, most)));
        }
        table.print(out);
    }
}
