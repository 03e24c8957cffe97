package dev.strandline.cli.report;

import dev.strandline.cli.output.Moments;
import dev.strandline.cli.output.Quantities;
import dev.strandline.core.report.Forecast;
import dev.strandline.core.report.RepositoryReport;
import dev.strandline.core.report.RepositoryReport.Detail;

/**
 * A report as a page for a browser: one file, without scripts, that loads nothing. It is well-formed XML too, so that it can
 * be checked.
 */
public final class ReportPage {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private final RepositoryReport report;
    private final Detail detail;
    private final String place;
    private final int damaged;
    private final Markup page = new Markup();

    /**
     * @param report with its detail
     * @param place where the repository is, safe to show
     * @param damaged snapshots that could not be read, and are not in the report
     */
    public ReportPage(RepositoryReport report, String place, int damaged) {
        this.report = report;
        this.detail = report.detail().orElseThrow();
        this.place = place;
        this.damaged = damaged;
    }

    /** The whole page, once. */
    public String text() {
        page.begin("html", "lang", "en").begin("head");
        page.empty("meta", "charset", "utf-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        page.empty("meta", "name", "color-scheme", "content", "light dark");
        page.element("title", "Strandline: " + place);
        page.begin("style").verbatim(PageStyle.CSS).end().endLine();
        page.begin("body");
        header();
        page.begin("main");
        tiles();
        new GrowthSection(report.growth(), report.forecast()).write(page);
        new BalanceSection(report.deduplication()).write(page);
        new FolderSection(detail.holdings()).write(page);
        new HeatSection(detail.changes(), report.zone().getId()).write(page);
        new CalendarSection(report.growth()).write(page);
        page.begin("div", "class", "two");
        new KindSection(detail.holdings(), detail.changes()).write(page);
        new BusySection(detail.changes()).write(page);
        page.endLine();
        new FreeingSection(report, detail).write(page);
        page.begin("div", "class", "two");
        new GroupSection(report).write(page);
        new SizeSection(report.deduplication().stored().dataSizes()).write(page);
        page.end().endLine();
        page.begin("footer")
                .text("Made by strandline stats. This page is one file and loads nothing.")
                .end();
        page.end().end();
        return "<!DOCTYPE html>\n" + page.whole() + "\n";
    }

    private void header() {
        page.begin("header").element("h1", place);
        page.element("p", span() + " As of " + Moments.text(report.time(), report.zone()) + ".");
        if (damaged > 0) {
            page.element(
                    "p",
                    Quantities.count(damaged, "snapshot") + (damaged == 1 ? " is" : " are")
                            + " damaged and not counted.",
                    "role",
                    "alert");
        }
        page.endLine();
    }

    private String span() {
        if (report.snapshots().isEmpty()) {
            return "A repository without snapshots.";
        }
        var first = GroupSection.day(report.snapshots().getFirst().record().time(), report.zone());
        var last = GroupSection.day(report.snapshots().getLast().record().time(), report.zone());
        return Quantities.count(report.snapshots().size(), "snapshot") + " of "
                + Quantities.count(report.hosts().size(), "host")
                + (first.equals(last) ? " on " + first + "." : " from " + first + " to " + last + ".");
    }

    private void tiles() {
        var dedup = report.deduplication();
        page.begin("div", "class", "tiles");
        tile(Quantities.count(dedup.snapshots()), dedup.snapshots() == 1 ? "snapshot" : "snapshots");
        tile(Quantities.bytes(dedup.logicalBytes()), "if all were restored");
        tile(Quantities.bytes(dedup.stored().totalBytes()), "in the repository");
        tile(dedup.ratio() == 0 ? "–" : Quantities.ratio(dedup.ratio()) + " : 1", "restored for each byte stored");
        switch (report.forecast()) {
            case Forecast.Line line -> {
                tile(Quantities.bytes(Math.round(line.bytesPerDay())), "more each day");
                tile(Quantities.bytes(line.totalBytesIn(ForecastText.YEAR_DAYS)), "in a year, if it goes on like this");
            }
            case Forecast.TooFewDays _ -> tile("–", "a day: too few days to tell");
        }
        page.endLine();
    }

    private void tile(String figure, String name) {
        page.begin("div", "class", "tile")
                .element("b", figure)
                .element("span", name)
                .endLine();
    }
}
