package dev.strandline.cli.report;

import dev.strandline.cli.output.Quantities;
import dev.strandline.core.report.Forecast;
import dev.strandline.core.report.Growth;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** What had been added by the end of each day, and where that leads. */
final class GrowthSection {
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 260;

    /** So much of the picture at most is future. */
    private static final int FUTURE_DIVISOR = 4;

    private static final int MAX_ROWS = 400;
    private static final int STEPS = 4;

    private final Growth growth;
    private final Forecast forecast;

    GrowthSection(Growth growth, Forecast forecast) {
        this.growth = growth;
        this.forecast = forecast;
    }

    void write(Markup page) {
        page.begin("section").element("h2", "Growth over time");
        page.element("p", explanation());
        if (!growth.days().isEmpty()) {
            plot(page);
            table().writeBehind(page, "Day by day");
        }
        page.endLine();
    }

    private String explanation() {
        String what = "What the snapshots that are here added, as stored.";
        return what + " " + ForecastText.of(forecast);
    }

    private void plot(Markup page) {
        var first = growth.days().getFirst().date();
        var last = growth.days().getLast().date();
        long past = Math.max(1, ChronoUnit.DAYS.between(first, last));
        double perDay = forecast instanceof Forecast.Line line ? line.bytesPerDay() : 0;
        long future = forecast instanceof Forecast.Line ? Math.max(1, past / FUTURE_DIVISOR) : 0;
        double total = growth.storedBytes();
        double top = Math.max(1, total + Math.max(0, perDay) * future);
        var end = last.plusDays(future);
        page.begin("div", "class", "plot");
        page.begin("div", "class", "ys", "aria-hidden", "true");
        for (int i = STEPS; i >= 0; i--) {
            page.element("span", Quantities.bytes(Math.round(top * i / STEPS)));
        }
        page.end();
        page.begin(
                "svg",
                "viewBox",
                "0 0 1000 260",
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                label(first, last));
        page.element("title", label(first, last));
        for (int i = 0; i <= STEPS; i++) {
            String y = Lengths.of(HEIGHT * i / STEPS);
            page.empty("line", "class", "grid", "x1", "0", "x2", "1000", "y1", y, "y2", y);
        }
        String edge = edge(first, past + future, top);
        double reached = WIDTH * past / (past + future);
        page.empty("path", "class", "area", "d", edge + "L" + Lengths.of(reached) + " 260 L0 260 Z");
        page.empty("path", "class", "edge", "d", edge);
        if (future > 0) {
            page.empty(
                    "line",
                    "class",
                    "ahead",
                    "x1",
                    Lengths.of(reached),
                    "y1",
                    y(total, top),
                    "x2",
                    "1000",
                    "y2",
                    y(total + perDay * future, top));
        }
        page.end().begin("div", "class", "xs", "aria-hidden", "true");
        page.element("span", first.toString())
                .element("span", first.plusDays((past + future) / 2).toString());
        page.element("span", end.toString());
        page.end().end();
        page.begin("div", "class", "legend");
        page.begin("span").element("i", "", "class", "s1").text("added so far ").element("b", Quantities.bytes((long)
                total));
        page.end();
        if (future > 0) {
            page.begin("span")
                    .element("i", "", "class", "s2")
                    .text("if it goes on like this")
                    .end();
        }
        page.endLine();
    }

    private String label(LocalDate first, LocalDate last) {
        return "From " + first + " to " + last + " " + Quantities.bytes(growth.storedBytes()) + " were added";
    }

    /** Steps: a day's bytes are there at its end. */
    private String edge(LocalDate first, long span, double top) {
        var path = new StringBuilder();
        double sum = 0;
        for (var day : growth.days()) {
            double x = WIDTH * ChronoUnit.DAYS.between(first, day.date()) / span;
            if (!path.isEmpty()) {
                path.append("L")
                        .append(Lengths.of(x))
                        .append(' ')
                        .append(y(sum, top))
                        .append(' ');
            }
            sum += day.storedBytes();
            path.append(path.isEmpty() ? "M" : "L")
                    .append(Lengths.of(x))
                    .append(' ')
                    .append(y(sum, top))
                    .append(' ');
        }
        if (growth.days().size() == 1) {
            path.append("L1000 ").append(y(sum, top)).append(' ');
        }
        return path.toString();
    }

    private static String y(double bytes, double top) {
        return Lengths.of(HEIGHT * (1 - bytes / top));
    }

    private NumberTable table() {
        var table = new NumberTable("Day", ">Snapshots", ">Size at its end", ">New content", ">Stored");
        for (var day : growth.last(MAX_ROWS).reversed()) {
            table.row(
                    day.date().toString(),
                    Quantities.count(day.snapshots()),
                    Quantities.bytes(day.logicalBytes()),
                    Quantities.bytes(day.addedBytes()),
                    Quantities.bytes(day.storedBytes()));
        }
        return table;
    }
}
