package dev.strandline.benchmarks.comparison.workload;

/** One step of a day. */
sealed interface Edit {
    /** Somebody sets a value in a configuration file. */
    record Line(int file, int line, int value) implements Edit {}

    /** A package moves to its next version. */
    record Upgrade(int packageNumber) implements Edit {}
}
