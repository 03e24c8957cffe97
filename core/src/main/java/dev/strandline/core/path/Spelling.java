package dev.strandline.core.path;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Guesses what somebody meant to write. */
public final class Spelling {
    /** Letters that may be wrong for a guess to be worth telling. */
    private static final int MAX_DISTANCE = 3;

    private Spelling() {}

    /** What to do where {@code written} is none of {@code words}. */
    public static String hint(String written, Collection<String> words) {
        return nearest(written, words)
                .map(nearest -> "Did you mean '" + nearest + "'?")
                .orElse("There are " + String.join(", ", words) + ".");
    }

    /** The word that is nearest to {@code written}. */
    public static Optional<String> nearest(String written, Collection<String> words) {
        return nearest(written, words, 1).stream().findFirst();
    }

    /** The words that are near enough to {@code written} to be worth telling, the nearest first. */
    public static List<String> nearest(String written, Collection<String> words, int count) {
        record Candidate(String word, int distance) {}
        return words.stream()
                .map(word -> new Candidate(word, distance(written, word)))
                .filter(candidate -> candidate.distance <= Math.min(MAX_DISTANCE, candidate.word.length() / 2))
                .sorted(Comparator.comparingInt(Candidate::distance))
                .limit(count)
                .map(Candidate::word)
                .toList();
    }

    /** Levenshtein's: how many letters to insert, remove or replace. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
