package dev.strandline.benchmarks.comparison.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A bar for each ratio, with a mark where its target is: one SVG document, for light and dark pages. */
public final class RatioChart {
    private static final int WIDTH = 880;
    private static final int LABEL_WIDTH = 400;
    private static final int VALUE_WIDTH = 60;
    private static final int BAR_HEIGHT = 14;
    private static final int LINE_HEIGHT = 24;
    private static final int GAP = 12;
    private static final int TOP = 76;
    private static final int BOTTOM = 20;
    /** A longer bar is cut; its number tells the rest. */
    private static final double AXIS_END = 2;

    private static final double PIXELS_PER_UNIT = (WIDTH - LABEL_WIDTH - VALUE_WIDTH) / AXIS_END;
    private static final double[] GRID = {0, 0.5, 1, 1.5, 2};

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #24292f; }
              .title { font-size: 17px; font-weight: 600; }
              .small { font-size: 11px; fill: #57606a; }
              .end { text-anchor: end; }
              .middle { text-anchor: middle; }
              .bar { fill: #0a7f7a; }
              .missed { fill: #c4622d; }
              .grid { stroke: #d0d7de; }
              .one { stroke: #57606a; stroke-width: 1.5; }
              .target { stroke: #24292f; stroke-width: 2; }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; }
                .small { fill: #9da7b1; }
                .bar { fill: #3cb8b0; }
                .missed { fill: #e08a55; }
                .grid { stroke: #30363d; }
                .one { stroke: #9da7b1; }
                .target { stroke: #e6edf3; }
              }
            </style>
            """;

    private RatioChart() {}

    /** @param y its upper edge */
    private record Bar(String label, Ratio ratio, int y) {}

    /** The document. */
    public static String svg(Report report) {
        var bars = bars(report.rows());
        int height = (bars.isEmpty() ? TOP : bars.getLast().y() + LINE_HEIGHT) + BOTTOM;
        var svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n",
                WIDTH,
                height,
                WIDTH,
                height));
        svg.append("<title>Strandline's figures divided by those of others</title>\n")
                .append(STYLE);
        svg.append(text("title", 16, 28, "Strandline compared: shorter is better"));
        svg.append(text(
                "small",
                16,
                48,
                "Strandline's figure divided by the other's; 1 is the same. A mark is the target, orange misses it. "
                        + (report.quick() ? "A quick run, " : "")
                        + report.dates()));
        for (double value : GRID) {
            svg.append(line(value == 1 ? "one" : "grid", x(value), TOP - 8, height - BOTTOM));
            svg.append(text("small middle", x(value), TOP - 12, Ratio.text(value)));
        }
        bars.forEach(bar -> appendBar(svg, bar));
        return svg.append("</svg>\n").toString();
    }

    /** From top to bottom, with a gap between workloads. */
    private static List<Bar> bars(List<Row> rows) {
        var bars = new ArrayList<Bar>();
        int y = TOP;
        String workload = rows.isEmpty() ? "" : rows.getFirst().workload();
        for (var row : rows) {
            if (!row.workload().equals(workload)) {
                workload = row.workload();
                y += GAP;
            }
            for (var ratio : row.ratios()) {
                String label = "(" + row.workload() + ") " + row.measure() + " ÷ "
                        + ratio.of().label();
                bars.add(new Bar(label, ratio, y));
                y += LINE_HEIGHT;
            }
        }
        return bars;
    }

    private static void appendBar(StringBuilder svg, Bar bar) {
        double y = bar.y();
        var ratio = bar.ratio();
        double middle = y + BAR_HEIGHT - 2.0;
        double length = Math.min(ratio.value(), AXIS_END) * PIXELS_PER_UNIT;
        svg.append(text("end", LABEL_WIDTH - 10, middle, bar.label()));
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>%n",
                ratio.isMet() ? "bar" : "missed",
                LABEL_WIDTH,
                y,
                length,
                BAR_HEIGHT));
        ratio.limit()
                .ifPresent(
                        limit -> svg.append(line("target", x(Math.min(limit, AXIS_END)), y - 3, y + BAR_HEIGHT + 3)));
        svg.append(text("end", WIDTH - 12, middle, Ratio.text(ratio.value())));
    }

    private static double x(double value) {
        return LABEL_WIDTH + value * PIXELS_PER_UNIT;
    }

    private static String line(String style, double x, double from, double to) {
        return String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                style,
                x,
                from,
                x,
                to);
    }

    private static String text(String style, double x, double y, String text) {
        return String.format(
                Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n", style, x, y, escape(text));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
