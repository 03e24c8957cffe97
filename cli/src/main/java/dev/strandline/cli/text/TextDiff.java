package dev.strandline.cli.text;

import dev.strandline.core.path.FilePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the lines of two files, in the unified format that {@code diff -u} and git have and {@code patch}
 * reads.
 */
public final class TextDiff {
    /** Equal lines that are shown around others. */
    private static final int CONTEXT_LINES = 3;

    private final FileText before;
    private final FileText after;
    private final List<LineDifference.Edit> edits;

    private TextDiff(FileText before, FileText after, List<LineDifference.Edit> edits) {
        this.before = before;
        this.after = after;
        this.edits = edits;
    }

    public static TextDiff between(FileText before, FileText after) {
        return before instanceof FileText.Lines(var old) && after instanceof FileText.Lines(var now)
                ? new TextDiff(before, after, LineDifference.between(old, now))
                : new TextDiff(before, after, List.of());
    }

    /** What a line of the output is, for its colour. */
    public enum Kind {
        HEADER,
        POSITION,
        CONTEXT,
        REMOVED,
        ADDED
    }

    /** @param text without the end of the line */
    public record Line(Kind kind, String text) {}

    /** Whether it can be told line by line. */
    public boolean isText() {
        return before instanceof FileText.Lines && after instanceof FileText.Lines;
    }

    /** Whether there is anything to show. */
    public boolean differs() {
        return !isText() || !edits.isEmpty();
    }

    public int addedLines() {
        return edits.stream().mapToInt(LineDifference.Edit::added).sum();
    }

    public int removedLines() {
        return edits.stream().mapToInt(LineDifference.Edit::removed).sum();
    }

    /**
     * The whole of it; nothing when the lines are the same.
     *
     * @param oldPath null when the file was not there before
     * @param newPath null when it is not there any more
     */
    public void print(@Nullable FilePath oldPath, @Nullable FilePath newPath, Consumer<Line> out) {
        String oldName = oldPath == null ? "/dev/null" : "a" + oldPath.display();
        String newName = newPath == null ? "/dev/null" : "b" + newPath.display();
        if (!(before instanceof FileText.Lines(var old) && after instanceof FileText.Lines(var now))) {
            out.accept(new Line(Kind.HEADER, "Binary files " + oldName + " and " + newName + " differ"));
            return;
        }
        if (edits.isEmpty()) {
            return;
        }
        out.accept(new Line(Kind.HEADER, "--- " + closed(oldName)));
        out.accept(new Line(Kind.HEADER, "+++ " + closed(newName)));
        for (var hunk : hunks()) {
            print(hunk, old, now, out);
        }
    }

    /** A tab ends a name with spaces, as git has it. */
    private static String closed(String name) {
        return name.indexOf(' ') < 0 ? name : name + "\t";
    }

    /** Edits whose surroundings touch belong together. */
    private List<List<LineDifference.Edit>> hunks() {
        var hunks = new ArrayList<List<LineDifference.Edit>>();
        int end = Integer.MIN_VALUE;
        for (var edit : edits) {
            if (hunks.isEmpty() || edit.beforeStart() - end > 2 * CONTEXT_LINES) {
                hunks.add(new ArrayList<>());
            }
            hunks.getLast().add(edit);
            end = edit.beforeEnd();
        }
        return hunks;
    }

    private static void print(List<LineDifference.Edit> hunk, List<String> old, List<String> now, Consumer<Line> out) {
        var first = hunk.getFirst();
        var last = hunk.getLast();
        int lead = Math.min(CONTEXT_LINES, first.beforeStart());
        int trail = Math.min(CONTEXT_LINES, old.size() - last.beforeEnd());
        int oldStart = first.beforeStart() - lead;
        int newStart = first.afterStart() - lead;
        out.accept(new Line(
                Kind.POSITION,
                "@@ -" + range(oldStart, last.beforeEnd() + trail) + " +" + range(newStart, last.afterEnd() + trail)
                        + " @@"));
        int at = oldStart;
        for (var edit : hunk) {
            lines(Kind.CONTEXT, ' ', old.subList(at, edit.beforeStart()), out);
            lines(Kind.REMOVED, '-', old.subList(edit.beforeStart(), edit.beforeEnd()), out);
            lines(Kind.ADDED, '+', now.subList(edit.afterStart(), edit.afterEnd()), out);
            at = edit.beforeEnd();
        }
        lines(Kind.CONTEXT, ' ', old.subList(at, at + trail), out);
    }

    /** An empty range names the line before it. */
    private static String range(int start, int end) {
        int count = end - start;
        return (count == 0 ? start : start + 1) + (count == 1 ? "" : "," + count);
    }

    private static void lines(Kind kind, char mark, List<String> lines, Consumer<Line> out) {
        for (var line : lines) {
            if (line.endsWith("\n")) {
                out.accept(new Line(kind, mark + line.substring(0, line.length() - 1)));
            } else {
                out.accept(new Line(kind, mark + line));
                out.accept(new Line(kind, "\\ No newline at end of file"));
            }
        }
    }
}
