package dev.strandline.benchmarks.comparison.workload;

import dev.strandline.benchmarks.comparison.report.Chapter;
import java.io.IOException;
import java.util.List;

/** A tree, what happens to it, and what is measured meanwhile. */
public sealed interface Workload permits DayOfEdits, BigTree, LargeBinary, ManySmallFiles {
    /** All of them, in order. */
    static List<Workload> all() {
        return List.of(new DayOfEdits(), new BigTree(), new LargeBinary(), new ManySmallFiles());
    }

    /** What it is called in tables and options. */
    String letter();

    /**
     * Makes the tree, measures, and removes all that was made.
     *
     * @param before what other workloads have brought in the same run
     */
    Chapter run(Setting setting, List<Chapter> before) throws IOException;
}
