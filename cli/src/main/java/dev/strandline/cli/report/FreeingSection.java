package dev.strandline.cli.report;

import dev.strandline.cli.output.Moments;
import dev.strandline.cli.output.Quantities;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.report.RepositoryReport;
import dev.strandline.core.report.RepositoryReport.Detail;

/** What forgetting a single snapshot would free. */
final class FreeingSection {
    private static final int SNAPSHOTS = 12;

    private final RepositoryReport report;
    private final Detail detail;

    FreeingSection(RepositoryReport report, Detail detail) {
        this.report = report;
        this.detail = detail;
    }

    void write(Markup page) {
        var holdings = detail.holdings();
        page.begin("section").element("h2", "What each snapshot alone would free");
        page.element(
                "p",
                "Bytes that nothing else needs: forget that one snapshot, run gc, and about so much is free. Forgetting"
                        + " several frees more than their sum, since they may share what no other has. "
                        + Quantities.bytes(holdings.sharedBytes()) + " are needed by several, "
                        + Quantities.bytes(holdings.unusedBytes()) + " by none.");
        var table = new NumberTable("Snapshot", ">Would free", "Time", "~Host", "~Message");
        for (var snapshot : holdings.mostAlone(SNAPSHOTS)) {
            var record = snapshot.record();
            table.row(
                    snapshot.id().shortHex(),
                    Quantities.bytes(holdings.aloneBytes(snapshot)),
                    Moments.text(record.time(), report.zone()),
                    ByteText.display(record.hostname()),
                    ByteText.display(record.message()));
        }
        if (!table.isEmpty()) {
            table.write(page);
        }
        page.endLine();
    }
}
