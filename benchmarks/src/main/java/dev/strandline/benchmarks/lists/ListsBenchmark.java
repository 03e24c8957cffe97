package dev.strandline.benchmarks.lists;

import dev.strandline.benchmarks.comparison.measure.Command;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Meter;
import dev.strandline.benchmarks.comparison.measure.Samples;
import dev.strandline.benchmarks.comparison.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Takes snapshots of the same files, named as one folder and named one by one with {@code --files-from}, in turn, and prints
 * how they compare:
 *
 * <pre>{@code mvn -B -ntp -Plists package}</pre>
 */
public final class ListsBenchmark {
    private static final int FOLDERS = 1000;
    private static final int FILES_PER_FOLDER = 100;
    private static final int ROUNDS = 7;
    private static final double TARGET = 1.5;

    private final Path program;
    private final Path work;
    private final Meter meter;

    private ListsBenchmark(Path distribution, Path work) {
        this.program = distribution.resolve("bin/strandline");
        this.work = work;
        this.meter = new Meter(work);
    }

    /** Arguments: the distribution, and optionally a work folder, which is removed at the end. */
    public static void main(String[] arguments) throws IOException {
        var work = Path.of(arguments.length > 1 ? arguments[1] : "/var/tmp/strandline-lists");
        Host.remove(work);
        Files.createDirectories(work);
        try {
            new ListsBenchmark(Path.of(arguments[0]).toAbsolutePath().normalize(), work).run();
        } finally {
            Host.remove(work);
        }
    }

    private void run() throws IOException {
        var tree = work.resolve("tree");
        var list = work.resolve("names");
        Files.write(list, makeFiles(tree));
        var asFolder = new Way("folder", List.of(tree.toString()));
        var asList = new Way("list", List.of("--files-from", list.toString()));
        for (int round = 0; round < ROUNDS; round++) {
            measure(asFolder);
            measure(asList);
        }
        System.out.printf(
                Locale.ROOT,
                """
                %,d files in %,d folders, medians of %d rounds in turn, %s: %s

                | | as a folder | listed | ratio | target |
                |---|--:|--:|--:|--:|
                """,
                FOLDERS * FILES_PER_FOLDER,
                FOLDERS,
                ROUNDS,
                LocalDate.now(ZoneOffset.UTC),
                Machine.describe(work));
        print("first snapshot", median(asFolder.first), median(asList.first));
        print("unchanged", median(asFolder.unchanged), median(asList.unchanged));
    }

    private static List<String> makeFiles(Path tree) throws IOException {
        var names = new ArrayList<String>();
        for (int i = 0; i < FOLDERS; i++) {
            var folder = Files.createDirectories(tree.resolve("folder-" + i));
            for (int k = 0; k < FILES_PER_FOLDER; k++) {
                var file = folder.resolve("file-" + k);
                Files.writeString(file, i + " and " + k + "\n");
                names.add(file.toString());
            }
        }
        return names;
    }

    /** One way to name the files, and what its snapshots took, in seconds. */
    private static final class Way {
        private final String label;
        private final List<String> arguments;
        private final List<Double> first = new ArrayList<>();
        private final List<Double> unchanged = new ArrayList<>();

        Way(String label, List<String> arguments) {
            this.label = label;
            this.arguments = arguments;
        }
    }

    private void measure(Way way) throws IOException {
        var folder = work.resolve(way.label);
        Host.remove(folder);
        Files.createDirectories(folder);
        meter.measure(strandline(folder, "init", List.of()));
        way.first.add(
                meter.measure(strandline(folder, "snapshot", way.arguments)).wallSeconds());
        way.unchanged.add(
                meter.measure(strandline(folder, "snapshot", way.arguments)).wallSeconds());
    }

    private Command strandline(Path folder, String command, List<String> arguments) {
        return new Command(
                        List.of(program.toString()),
                        Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()),
                        Path.of("/"))
                .and(command, "-q")
                .and(arguments.toArray(String[]::new))
                .with("STRANDLINE_REPOSITORY", folder.resolve("repository").toString())
                .with("STRANDLINE_KEY_FILE", folder.resolve("key").toString())
                .with("STRANDLINE_CACHE_DIR", folder.resolve("cache").toString());
    }

    private static double median(List<Double> seconds) {
        return Samples.median(seconds.stream().mapToDouble(x -> x).toArray());
    }

    private static void print(String label, double folder, double list) {
        double ratio = list / folder;
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f s | %.2f s | %.2f | %.1f: %s |%n",
                label,
                folder,
                list,
                ratio,
                TARGET,
                ratio <= TARGET ? "met" : "missed");
    }
}
