package dev.strandline.benchmarks.comparison;

import dev.strandline.benchmarks.comparison.workload.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a run is to do.
 *
 * @param distribution Strandline as the build has packaged it
 * @param docs where a full run puts its page
 * @param quick everything small
 * @param resume whether workloads that an earlier run of the same has finished are left out
 * @param only the letters of the workloads
 * @param work a folder for trees, repositories and downloads
 * @param runs how often each command is run; empty for what the size suggests
 * @param output where the page goes; empty for the usual place
 */
record ComparisonOptions(
        Path distribution,
        Path docs,
        boolean quick,
        boolean resume,
        List<String> only,
        Path work,
        OptionalInt runs,
        Optional<Path> output) {
    static final String USAGE = """
            Options, given as -Dcomparison='OPTIONS':
              --quick        small trees, few rounds: less than three minutes
              --resume       go on with a run that was broken off, with the first workload that it has not finished
              --only a,b     these workloads: a day of edits, b big tree, c large binary, d many small files
              --work DIR     for trees, repositories and downloads; default: /var/tmp/strandline-comparison
              --runs N       run each command N times
              --output DIR   write benchmarks.md and benchmarks.svg there; default: docs for a full run of all
                             workloads, else results in the work folder
            """;

    private static final List<String> WITH_VALUE =
            List.of("--distribution", "--docs", "--only", "--work", "--runs", "--output");
    private static final List<String> LETTERS =
            Workload.all().stream().map(Workload::letter).toList();

    ComparisonOptions {
        only = List.copyOf(only);
    }

    /** @throws IllegalArgumentException saying what is wrong */
    static ComparisonOptions parse(List<String> arguments) {
        boolean quick = false;
        boolean resume = false;
        var values = new HashMap<String, String>();
        var words = arguments.iterator();
        while (words.hasNext()) {
            String word = words.next();
            if (word.equals("--quick")) {
                quick = true;
            } else if (word.equals("--resume")) {
                resume = true;
            } else if (!WITH_VALUE.contains(word)) {
                throw new IllegalArgumentException("unknown option " + word);
            } else if (!words.hasNext()) {
                throw new IllegalArgumentException(word + " takes a value");
            } else {
                values.put(word, words.next());
            }
        }
        var runs = Optional.ofNullable(values.get("--runs")).map(ComparisonOptions::count);
        return new ComparisonOptions(
                path(values.getOrDefault("--distribution", "cli/target/strandline")),
                path(values.getOrDefault("--docs", "docs")),
                quick,
                resume,
                Optional.ofNullable(values.get("--only"))
                        .map(ComparisonOptions::letters)
                        .orElse(LETTERS),
                path(values.getOrDefault("--work", "/var/tmp/strandline-comparison")),
                runs.map(OptionalInt::of).orElse(OptionalInt.empty()),
                Optional.ofNullable(values.get("--output")).map(ComparisonOptions::path));
    }

    /** In the order of the alphabet, whatever order they were given in. */
    private static List<String> letters(String list) {
        var chosen = List.of(list.split(",", -1));
        if (!LETTERS.containsAll(chosen)) {
            throw new IllegalArgumentException("--only takes some of " + String.join(",", LETTERS) + ", not " + list);
        }
        return LETTERS.stream().filter(chosen::contains).toList();
    }

    private static int count(String number) {
        if (!number.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException("--runs takes a number from 1 to 9999, not " + number);
        }
        return Integer.parseInt(number);
    }

    private static Path path(String text) {
        return Path.of(text).toAbsolutePath().normalize();
    }

    /** Where the page goes: only a full run of everything may replace the published one unasked. */
    Path pageFolder() {
        boolean full = !quick && only.equals(LETTERS);
        return output.orElse(full ? docs : work.resolve("results"));
    }

    /** What to type for the same. */
    String command() {
        var options = new ArrayList<String>();
        if (quick) {
            options.add("--quick");
        }
        if (!only.equals(LETTERS)) {
            options.add("--only " + String.join(",", only));
        }
        runs.ifPresent(count -> options.add("--runs " + count));
        String build = "mvn -B -ntp -Pcomparison package";
        return options.isEmpty() ? build : build + " -Dcomparison='" + String.join(" ", options) + "'";
    }
}
