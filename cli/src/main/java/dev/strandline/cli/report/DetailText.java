package dev.strandline.cli.report;

import dev.strandline.cli.output.Moments;
import dev.strandline.cli.output.Quantities;
import dev.strandline.cli.output.Table;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.report.FolderSlice;
import dev.strandline.core.report.RepositoryReport;
import dev.strandline.core.report.RepositoryReport.Detail;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.Map;

/** What reading all trees has brought, as text. */
final class DetailText {
    private static final int ROWS = 12;

    private final RepositoryReport report;
    private final Detail detail;
    private final PrintStream out;

    DetailText(RepositoryReport report, Detail detail, PrintStream out) {
        this.report = report;
        this.detail = detail;
        this.out = out;
    }

    void print() {
        freeing();
        folders();
        kinds();
        paths();
    }

    private void freeing() {
        var holdings = detail.holdings();
        out.println();
        out.println(Quantities.bytes(holdings.sharedBytes()) + " are needed by several snapshots, "
                + Quantities.bytes(holdings.unusedBytes()) + " by none; of the rest, forgetting one frees:");
        var table = new Table("SNAPSHOT", "TIME", "HOST", ">FREES", "MESSAGE");
        for (var snapshot : holdings.mostAlone(ROWS)) {
            table.add(
                    snapshot.id().shortHex(),
                    Moments.text(snapshot.record().time(), report.zone()),
                    ByteText.display(snapshot.record().hostname()),
                    Quantities.bytes(holdings.aloneBytes(snapshot)),
                    ByteText.display(snapshot.record().message()));
        }
        table.print(out);
    }

    private void folders() {
        out.println();
        var table = new Table("FOLDER", ">STORED");
        for (var slice : FolderSlice.of(detail.holdings().roots(), ROWS)) {
            table.add(FolderSection.name(slice), Quantities.bytes(slice.storedBytes()));
        }
        table.print(out);
    }

    private void kinds() {
        out.println();
        var table = new Table("KIND OF FILES", ">STORED", ">CHANGES");
        detail.holdings().kinds().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(ROWS)
                .forEach(kind -> table.add(
                        kind.getKey(),
                        Quantities.bytes(kind.getValue()),
                        Quantities.count(detail.changes().kinds().getOrDefault(kind.getKey(), 0L))));
        table.print(out);
    }

    private void paths() {
        var paths = detail.changes().paths();
        if (paths.isEmpty()) {
            return;
        }
        out.println();
        var table = new Table(">CHANGES", "FILE");
        for (var path : paths.subList(0, Math.min(ROWS, paths.size()))) {
            table.add(Quantities.count(path.changes()), path.path().display());
        }
        table.print(out);
    }
}
