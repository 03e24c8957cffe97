package dev.strandline.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Columns of text, as wide as they need to be. */
public final class Table {
    private static final String GAP = "  ";

    private final List<Boolean> rightAligned = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** @param headings one for each column; a leading {@code >} aligns it to the right */
    public Table(String... headings) {
        var head = new ArrayList<String>();
        for (var heading : headings) {
            boolean right = heading.startsWith(">");
            rightAligned.add(right);
            head.add(right ? heading.substring(1) : heading);
        }
        rows.add(head);
    }

    public void add(String... cells) {
        rows.add(List.of(cells));
    }

    public void print(PrintStream out) {
        int[] widths = new int[rightAligned.size()];
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : GAP);
                line.append(rightAligned.get(i) ? padding + row.get(i) : row.get(i) + padding);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
