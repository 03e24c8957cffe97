package dev.strandline.benchmarks.comparison.report;

import dev.strandline.benchmarks.comparison.measure.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rows as Markdown. */
public final class Table {
    private static final String ABSENT = "–";
    private static final String LEFT = "---";
    private static final String RIGHT = "--:";

    private static final List<Column> COLUMNS = List.of(
            new Column("", LEFT, row -> row.workload().isEmpty() ? "" : "(" + row.workload() + ")"),
            new Column("Measure", LEFT, Row::measure),
            new Column("Runs", RIGHT, row -> row.runs() == 0 ? "" : Integer.toString(row.runs())),
            new Column(Subject.STRANDLINE.label(), RIGHT, row -> figure(row, Subject.STRANDLINE)),
            new Column(Subject.RESTIC.label(), RIGHT, row -> figure(row, Subject.RESTIC)),
            new Column(Subject.BORG.label(), RIGHT, row -> figure(row, Subject.BORG)),
            new Column("Others", LEFT, Table::others),
            new Column("Strandline ÷", LEFT, Table::ratios),
            new Column("Target", LEFT, row -> verdicts(row, Verdict::target)),
            new Column("Met", LEFT, row -> verdicts(row, verdict -> verdict.isMet() ? "yes" : "**no**")));

    private Table() {}

    private record Column(String heading, String rule, Function<Row, String> cell) {}

    /** A table of all rows, without columns that would be empty. */
    public static String markdown(List<Row> rows) {
        var columns = COLUMNS.stream()
                .filter(column ->
                        rows.stream().anyMatch(row -> !column.cell().apply(row).isEmpty()))
                .toList();
        var table = new StringBuilder();
        table.append(line(" ", columns, Column::heading));
        table.append(line("", columns, Column::rule));
        for (var row : rows) {
            table.append(line(" ", columns, column -> column.cell().apply(row)));
        }
        return table.toString();
    }

    private static String line(String margin, List<Column> columns, Function<Column, String> cell) {
        return columns.stream()
                .map(cell)
                .map(text -> margin + text + margin)
                .collect(Collectors.joining("|", "|", "|\n"));
    }

    private static String figure(Row row, Subject subject) {
        return row.figures().containsKey(subject) ? row.unit().text(row.figure(subject)) : ABSENT;
    }

    private static String others(Row row) {
        return row.figures().keySet().stream()
                .filter(subject -> !subject.isPeer() && subject != Subject.STRANDLINE)
                .map(subject -> subject.label() + " " + figure(row, subject))
                .collect(Collectors.joining(", "));
    }

    private static String ratios(Row row) {
        return row.ratios().stream()
                .map(ratio -> ratio.of().label() + " " + Ratio.text(ratio.value()))
                .collect(Collectors.joining(", "));
    }

    private static String verdicts(Row row, Function<Verdict, String> text) {
        return row.verdicts().stream().map(text).collect(Collectors.joining(", "));
    }

    /** How many targets are met, and which are not. */
    public static String verdict(List<Row> rows) {
        int count = 0;
        var missed = new ArrayList<String>();
        for (var row : rows) {
            for (var verdict : row.verdicts()) {
                count++;
                if (!verdict.isMet()) {
                    String workload = row.workload().isEmpty() ? "" : "(" + row.workload() + ") ";
                    missed.add(workload + row.measure() + ", " + verdict.target());
                }
            }
        }
        return "%d of %d targets met.".formatted(count - missed.size(), count)
                + (missed.isEmpty() ? "" : " Missed: " + String.join("; ", missed) + ".");
    }
}
