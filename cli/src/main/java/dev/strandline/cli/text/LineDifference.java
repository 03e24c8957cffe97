package dev.strandline.cli.text;

import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds which lines differ, with Myers' algorithm as java-diff-utils has it. */
public final class LineDifference {
    /** Above, what is neither a common beginning nor end counts as replaced as a whole: the search takes too long. */
    private static final long MAX_PAIRS = 100_000_000;

    private LineDifference() {}

    /** Lines {@code beforeStart} to {@code beforeEnd} of one text stand as {@code afterStart} to {@code afterEnd} in another. */
    public record Edit(int beforeStart, int beforeEnd, int afterStart, int afterEnd) {
        public int removed() {
            return beforeEnd - beforeStart;
        }

        public int added() {
            return afterEnd - afterStart;
        }
    }

    /** The edits that lead from one text to another, in order. */
    public static List<Edit> between(List<String> before, List<String> after) {
        int shorter = Math.min(before.size(), after.size());
        int start = 0;
        while (start < shorter && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        var old = before.subList(start, before.size() - end);
        var now = after.subList(start, after.size() - end);
        if (old.isEmpty() && now.isEmpty()) {
            return List.of();
        }
        int offset = start;
        if (old.isEmpty() || now.isEmpty() || (long) old.size() * now.size() > MAX_PAIRS) {
            return List.of(new Edit(offset, offset + old.size(), offset, offset + now.size()));
        }
        return merged(new MyersDiffWithLinearSpace<String>()
                .computeDiff(old, now, null).stream()
                        .map(change -> new Edit(
                                offset + change.startOriginal,
                                offset + change.endOriginal,
                                offset + change.startRevised,
                                offset + change.endRevised))
                        .sorted(Comparator.comparingInt(Edit::beforeStart).thenComparingInt(Edit::afterStart))
                        .toList());
    }

    /** What is removed and what is added at the same place is one edit. */
    private static List<Edit> merged(List<Edit> edits) {
        var merged = new ArrayList<Edit>();
        for (var edit : edits) {
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && last.beforeEnd == edit.beforeStart && last.afterEnd == edit.afterStart) {
                merged.set(
                        merged.size() - 1, new Edit(last.beforeStart, edit.beforeEnd, last.afterStart, edit.afterEnd));
            } else {
                merged.add(edit);
            }
        }
        return List.copyOf(merged);
    }
}
