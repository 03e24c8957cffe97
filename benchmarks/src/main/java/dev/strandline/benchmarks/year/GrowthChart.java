package dev.strandline.benchmarks.year;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How a repository grew: its size and its number of files, one above the other; one SVG document, for light and dark pages. */
final class GrowthChart {
    private static final int WIDTH = 880;
    private static final int PANEL_HEIGHT = 170;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 60;
    private static final int GAP = 50;

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #24292f; }
              .title { font-size: 17px; font-weight: 600; }
              .small { font-size: 11px; fill: #57606a; }
              .end { text-anchor: end; }
              .line { fill: none; stroke: #0a7f7a; stroke-width: 2; }
              .area { fill: #0a7f7a; opacity: 0.15; }
              .grid { stroke: #d0d7de; }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; }
                .small { fill: #9da7b1; }
                .line { stroke: #3cb8b0; }
                .area { fill: #3cb8b0; }
                .grid { stroke: #30363d; }
              }
            </style>
            """;

    private GrowthChart() {}

    static String svg(List<SimulatedYear.Sample> samples) {
        int height = TOP + 2 * PANEL_HEIGHT + GAP + 40;
        var svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n",
                WIDTH,
                height,
                WIDTH,
                height));
        svg.append("<title>A repository over a year of snapshots: size and number of files</title>\n")
                .append(STYLE)
                .append("<text class=\"title\" x=\"16\" y=\"28\">A year, a snapshot every 15 minutes</text>\n");
        panel(svg, samples, TOP, "size, MB", sample -> sample.size().bytes() / 1e6);
        panel(
                svg,
                samples,
                TOP + PANEL_HEIGHT + GAP,
                "files",
                sample -> sample.size().files());
        return svg.append("</svg>\n").toString();
    }

    private static void panel(
            StringBuilder svg,
            List<SimulatedYear.Sample> samples,
            int top,
            String label,
            ToDoubleFunction<SimulatedYear.Sample> value) {
        double most = samples.stream().mapToDouble(value).max().orElse(1) * 1.1;
        double last = samples.isEmpty() ? 1 : samples.getLast().snapshots();
        int bottom = top + PANEL_HEIGHT;
        svg.append(String.format(Locale.ROOT, "<text x=\"16\" y=\"%d\">%s</text>%n", top - 8, label));
        for (int i = 0; i <= 4; i++) {
            double y = bottom - i * PANEL_HEIGHT / 4.0;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>"
                            + "<text class=\"small end\" x=\"%d\" y=\"%.1f\">%,.0f</text>%n",
                    LEFT,
                    y,
                    WIDTH - RIGHT,
                    y,
                    LEFT - 8,
                    y + 4,
                    most * i / 4));
        }
        var points = new StringBuilder();
        for (var sample : samples) {
            points.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    LEFT + (WIDTH - LEFT - RIGHT) * sample.snapshots() / last,
                    bottom - PANEL_HEIGHT * value.applyAsDouble(sample) / most));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<polygon class=\"area\" points=\"%d,%d %s%d,%d\"/><polyline class=\"line\" points=\"%s\"/>%n",
                LEFT,
                bottom,
                points,
                WIDTH - RIGHT,
                bottom,
                points.toString().strip()));
        for (int i = 1; i <= 4; i++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"small end\" x=\"%.1f\" y=\"%d\">%,.0f snapshots</text>%n",
                    LEFT + (WIDTH - LEFT - RIGHT) * i / 4.0,
                    bottom + 16,
                    last * i / 4));
        }
    }
}
