package dev.strandline.cli.report;

import java.util.ArrayList;
import java.util.List;

/** Names with a bar and a figure each, the longest bar as long as there is room. */
final class Bars {
    private static final int MAX_SHORT = 24;

    private final List<Bar> bars = new ArrayList<>();

    private record Bar(String name, long value, String figure, int colour) {}

    /** @param colour one of the six series */
    void add(String name, long value, String figure, int colour) {
        bars.add(new Bar(name, value, figure, colour));
    }

    /** Whether names need a line of their own on a phone. */
    private boolean isLong() {
        return bars.stream().anyMatch(bar -> bar.name.length() > MAX_SHORT);
    }

    void write(Markup page) {
        long most = bars.stream().mapToLong(Bar::value).max().orElse(0);
        page.begin("div", "class", isLong() ? "bars long" : "bars");
        for (var bar : bars) {
            page.element("span", bar.name);
            page.begin("div")
                    .element("i", "", "class", "s" + bar.colour, "style", "width:" + Lengths.percent(bar.value, most));
            page.end().element("b", bar.figure);
        }
        page.endLine();
    }
}
