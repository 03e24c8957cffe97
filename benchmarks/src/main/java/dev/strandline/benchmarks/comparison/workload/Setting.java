package dev.strandline.benchmarks.comparison.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What all workloads share.
 *
 * @param distribution Strandline as the build has packaged it
 * @param work a folder for everything that is made; downloads stay there
 */
public record Setting(Path distribution, Path work, Scale scale, Journal journal) {
    /** What is left free on the disk, whatever a workload takes. */
    private static final long RESERVE_BYTES = 10_000_000_000L;

    Path downloads() {
        return work.resolve("downloads");
    }

    /** Of one workload; empty before and after. */
    Path run(String letter) {
        return work.resolve("run-" + letter);
    }

    /** Refuses to start what would fill the disk. */
    void requireSpace(String letter, long bytes) throws IOException {
        long usable = Files.getFileStore(work).getUsableSpace();
        if (usable - bytes < RESERVE_BYTES) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "workload (%s) needs about %,d bytes, and %,d are to stay free; in %s there are %,d. Give another"
                            + " folder with --work.",
                    letter,
                    bytes,
                    RESERVE_BYTES,
                    work,
                    usable));
        }
    }
}
