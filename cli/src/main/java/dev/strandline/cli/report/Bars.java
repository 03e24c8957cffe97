package dev.strandline.cli.report;

import java.util.ArrayList;
import java.util.List;

/** Names with a bar and a figure each, the longest bar as long as there is room. */
final class Bars {
    private final List<Bar> bars = new ArrayList<>();

    private record Bar(String name, long value, String figure, int colour) {}

    /** @param colour one of the six series */
    void add(String name, long value, String figure, int colour) {
        bars.add(new Bar(name, value, figure, colour));
    }

    void write(Markup page) {
        long most = bars.stream().mapToLong(Bar::value).max().orElse(0);
        page.begin("div", "class", "bars");
        for (var bar : bars) {
            page.element("span", bar.name);
            page.begin("div")
                    .element("i", "", "class", "s" + bar.colour, "style", "width:" + Lengths.percent(bar.value, most));
            page.end().element("b", bar.figure);
        }
        page.endLine();
    }
}
