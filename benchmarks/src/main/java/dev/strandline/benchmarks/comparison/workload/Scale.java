package dev.strandline.benchmarks.comparison.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How large everything is.
 *
 * @param shortRounds of commands that take about a second
 * @param rounds of those that take a minute
 * @param longRounds of those that take many minutes
 * @param steps of the day of edits
 * @param upgrades how many of the steps are new versions of packages
 * @param software folders of installed software, taken in this order until there is enough
 * @param softwareFiles how many files are enough
 * @param softwareBytes how many bytes are enough
 * @param binaryBytes the size of the large file
 * @param binarySteps how often it changes
 * @param smallFolders of small files
 * @param smallFilesEach in each of those folders
 */
public record Scale(
        int shortRounds,
        int rounds,
        int longRounds,
        int steps,
        int upgrades,
        List<Path> software,
        long softwareFiles,
        long softwareBytes,
        long binaryBytes,
        int binarySteps,
        int smallFolders,
        int smallFilesEach) {
    public Scale {
        software = List.copyOf(software);
    }

    /** What the project's targets speak of. */
    public static Scale full() {
        return new Scale(
                11,
                3,
                1,
                97,
                24,
                List.of(Path.of("/usr"), Path.of("/opt")),
                100_000,
                2_500_000_000L,
                4L << 30,
                3,
                1000,
                1000);
    }

    /** Everything once, in minutes. */
    public static Scale quick() throws IOException {
        List<Path> folders;
        try (var children = Files.list(Path.of("/usr/share"))) {
            folders = children.filter(folder -> Files.isDirectory(folder))
                    .sorted()
                    .toList();
        }
        return new Scale(3, 1, 1, 6, 2, folders, 1500, 20_000_000, 32L << 20, 1, 40, 100);
    }

    /** With every command run as often as this. */
    public Scale withRounds(int count) {
        return new Scale(
                count,
                count,
                count,
                steps,
                upgrades,
                software,
                softwareFiles,
                softwareBytes,
                binaryBytes,
                binarySteps,
                smallFolders,
                smallFilesEach);
    }
}
