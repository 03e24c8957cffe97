package dev.strandline.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of a page. Columns whose heading begins with {@code >} hold numbers, those with {@code ~} texts of any length that
 * may be broken, others short words.
 */
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
            page.element("th", plain(heading), "scope", "col", "class", kind(heading));
        }
        page.end().end().begin("tbody");
        for (var row : rows) {
            page.begin("tr");
            for (int i = 0; i < row.size(); i++) {
                page.element("td", row.get(i), "class", kind(headings.get(i)));
            }
            page.endLine();
        }
        page.end().end().endLine();
    }

    private static String plain(String heading) {
        return heading.startsWith(">") || heading.startsWith("~") ? heading.substring(1) : heading;
    }

    private static String kind(String heading) {
        return heading.startsWith(">") ? "n" : heading.startsWith("~") ? "w" : "t";
    }

    /** What a picture shows, in numbers, for who opens it. */
    void writeBehind(Markup page, String summary) {
        page.begin("details").element("summary", summary);
        write(page);
        page.endLine();
    }
}
