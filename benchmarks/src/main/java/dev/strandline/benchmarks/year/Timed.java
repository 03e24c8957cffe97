package dev.strandline.benchmarks.year;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A command to time.
 *
 * @param before a command that is run before each, not timed
 * @param words with FILE, TREE, HOST and TARGET for those of the server
 * @param limit how many times its time with few snapshots it may take with many
 */
record Timed(String label, Optional<List<String>> before, List<String> words, OptionalDouble limit) {
    private static final double LIMIT = 1.2;

    static final List<Timed> ALL = List.of(
            of("`list --last 50`", LIMIT, "list", "--last", "50"),
            of("`list`", 0, "list"),
            of("`log FILE`", 0, "log", "FILE", "--host", "HOST"),
            of("`restore latest~52:FILE`", 0, "restore", "latest~52:FILE", "--target", "TARGET"),
            of("`stats`", 0, "stats"),
            of("`status`", 0, "status", "--host", "HOST"),
            of("`snapshot`, nothing changed", LIMIT, "snapshot", "--host", "HOST", "TREE"),
            of("`forget` of one", 0, "forget", "latest~60"),
            new Timed(
                    "`gc` after forgetting one",
                    Optional.of(List.of("forget", "latest~60")),
                    List.of("gc"),
                    OptionalDouble.empty()));

    private static Timed of(String label, double limit, String... words) {
        return new Timed(
                label,
                Optional.empty(),
                List.of(words),
                limit == 0 ? OptionalDouble.empty() : OptionalDouble.of(limit));
    }
}
