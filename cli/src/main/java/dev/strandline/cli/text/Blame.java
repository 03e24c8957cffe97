package dev.strandline.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Finds which version of a text brought each of its lines. @param <V> what names a version */
public final class Blame<V> {
    private List<Line<V>> lines = List.of();

    /** A line, and the version that brought it. */
    public record Line<V>(V version, String text) {}

    /** Takes the next version, in the order of time. */
    public void next(V version, List<String> text) {
        var before = lines.stream().map(Line::text).toList();
        var merged = new ArrayList<Line<V>>(text.size());
        int at = 0;
        for (var edit : LineDifference.between(before, text)) {
            merged.addAll(lines.subList(at, edit.beforeStart()));
            text.subList(edit.afterStart(), edit.afterEnd()).forEach(line -> merged.add(new Line<>(version, line)));
            at = edit.beforeEnd();
        }
        merged.addAll(lines.subList(at, lines.size()));
        lines = merged;
    }

    /** The lines of the version that was taken last. */
    public List<Line<V>> lines() {
        return List.copyOf(lines);
    }
}
