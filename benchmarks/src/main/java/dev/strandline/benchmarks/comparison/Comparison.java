package dev.strandline.benchmarks.comparison;

import dev.strandline.benchmarks.comparison.contender.Contenders;
import dev.strandline.benchmarks.comparison.measure.Meter;
import dev.strandline.benchmarks.comparison.report.Chapter;
import dev.strandline.benchmarks.comparison.report.Circumstances;
import dev.strandline.benchmarks.comparison.report.Machine;
import dev.strandline.benchmarks.comparison.report.RatioChart;
import dev.strandline.benchmarks.comparison.report.Report;
import dev.strandline.benchmarks.comparison.workload.Journal;
import dev.strandline.benchmarks.comparison.workload.Scale;
import dev.strandline.benchmarks.comparison.workload.Setting;
import dev.strandline.benchmarks.comparison.workload.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds Strandline, runs it against restic, borg and rsync on four workloads, and writes {@code docs/benchmarks.md} and
 * {@code docs/benchmarks.svg}:
 *
 * <pre>{@code
 * mvn -B -ntp -Pcomparison package
 * mvn -B -ntp -Pcomparison package -Dcomparison='--quick'
 * }</pre>
 *
 * <p>The first takes hours and about 60 GB of disk, and goes on with {@code --resume} when it was broken off; the second
 * takes less than three minutes and leaves its page in the work folder. See {@link ComparisonOptions#USAGE} for more. Run
 * it as root: restored owners are compared too.
 */
public final class Comparison {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final ComparisonOptions options;
    private final PrintStream out;

    private Comparison(ComparisonOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Ends with 1 when something failed or Strandline's restored trees were not the same. Missed targets are no failure. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            return new Comparison(ComparisonOptions.parse(arguments), out).run();
        } catch (IllegalArgumentException e) {
            err.println("comparison: " + e.getMessage() + "\n" + ComparisonOptions.USAGE);
            return USAGE;
        } catch (IOException e) {
            err.println("comparison: " + e.getMessage());
            return FAILED;
        }
    }

    private int run() throws IOException {
        Prerequisites.require(Prerequisites.ALL, out::println);
        if (!Files.isExecutable(options.distribution().resolve("bin/strandline"))) {
            throw new IOException("no packaged Strandline in " + options.distribution());
        }
        var results = Files.createDirectories(options.work().resolve(options.quick() ? "results/quick" : "results"));
        var scale = options.quick() ? Scale.quick() : Scale.full();
        var runs = options.runs();
        var setting = new Setting(
                options.distribution(),
                options.work(),
                runs.isPresent() ? scale.withRounds(runs.getAsInt()) : scale,
                new Journal(out, results));
        out.println((options.quick() ? "A quick run: small trees, few rounds. " : "A full run. ") + "All of it is in "
                + options.work());
        long started = System.nanoTime();
        var circumstances = new Circumstances(
                options.command(),
                Machine.describe(options.work()),
                new Contenders(options.distribution(), results, new Meter(results)).versions());
        var kept = new KeptChapters(results, circumstances);
        if (options.resume() && !circumstances.areKnown()) {
            out.println("Nothing is resumed: this Strandline is not that of a commit.");
        }
        if (!options.resume()) {
            for (var letter : options.only()) {
                kept.drop(letter);
            }
        }
        var chapters = new ArrayList<Chapter>();
        for (var workload : Workload.all()) {
            if (options.only().contains(workload.letter())) {
                chapters.add(chapter(workload, setting, chapters, kept));
            }
        }
        var took = Duration.ofNanos(System.nanoTime() - started);
        publish(new Report(options.quick(), circumstances, chapters));
        out.printf("Took %d min %02d s.%n", took.toMinutes(), took.toSecondsPart());
        return chapters.stream().allMatch(Chapter::isFaithful) ? DONE : FAILED;
    }

    private Chapter chapter(Workload workload, Setting setting, List<Chapter> before, KeptChapters kept)
            throws IOException {
        if (options.resume()) {
            var earlier = kept.find(workload.letter());
            if (earlier.isPresent()) {
                out.printf(
                        "(%s) was measured on %s.%n",
                        workload.letter(), earlier.get().date());
                return earlier.get();
            }
        }
        var chapter = workload.run(setting, List.copyOf(before));
        kept.keep(chapter);
        return chapter;
    }

    private void publish(Report report) throws IOException {
        var folder = Files.createDirectories(options.pageFolder());
        String page = report.markdown("benchmarks.svg");
        Files.writeString(folder.resolve("benchmarks.md"), page);
        Files.writeString(folder.resolve("benchmarks.svg"), RatioChart.svg(report));
        out.println("\n" + page);
        out.println("Written to " + folder.resolve("benchmarks.md") + " and benchmarks.svg beside it.");
    }
}
