package dev.strandline.benchmarks.comparison.report;

import java.util.List;

/**
 * What figures hang on: those of different circumstances stand on no page together.
 *
 * @param command what to type for such a run
 * @param versions of the programs, a line each
 */
public record Circumstances(String command, String machine, List<String> versions) {
    public Circumstances {
        versions = List.copyOf(versions);
    }

    /** False with a Strandline that no commit stands for: two such may differ. */
    public boolean areKnown() {
        return versions.stream().anyMatch(version -> version.contains("(commit ") && !version.contains("-dirty"));
    }
}
