package dev.strandline.cli.report;

import java.util.ArrayList;
import java.util.List;

/** A table of a page; columns whose heading begins with {@code >} hold numbers. */
final class NumberTable {
    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    NumberTable(String... headings) {
        this.headings = List.of(headings);
    }

    NumberTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void write(Markup page) {
        page.begin("div", "class", "scroll").begin("table", "class", "numbers");
        page.begin("thead").begin("tr");
        for (var heading : headings) {
            boolean isNumber = heading.startsWith(">");
            page.element("th", isNumber ? heading.substring(1) : heading, attributes(isNumber, "scope", "col"));
        }
        page.end().end().begin("tbody");
        for (var row : rows) {
            page.begin("tr");
            for (int i = 0; i < row.size(); i++) {
                page.element("td", row.get(i), attributes(headings.get(i).startsWith(">")));
            }
            page.endLine();
        }
        page.end().end().endLine();
    }

    private static String[] attributes(boolean isNumber, String... others) {
        if (!isNumber) {
            return others;
        }
        var all = new ArrayList<>(List.of(others));
        all.addAll(List.of("class", "n"));
        return all.toArray(new String[0]);
    }

    /** What a picture shows, in numbers, for who opens it. */
    void writeBehind(Markup page, String summary) {
        page.begin("details").element("summary", summary);
        write(page);
        page.endLine();
    }
}
