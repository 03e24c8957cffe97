package dev.strandline.benchmarks.collection;

import dev.strandline.benchmarks.comparison.Prerequisites;
import dev.strandline.benchmarks.comparison.contender.Contender;
import dev.strandline.benchmarks.comparison.measure.Command;
import dev.strandline.benchmarks.comparison.measure.Meter;
import dev.strandline.benchmarks.comparison.measure.Usage;
import dev.strandline.benchmarks.comparison.workload.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes the same history in a repository of Strandline, of restic and of borg, lets each drop most of it and free what only
 * that needed, and writes {@code docs/gc-benchmark.md}:
 *
 * <pre>{@code mvn -B -ntp -Pcollection package}</pre>
 *
 * <p>With {@code -Dcollection=--quick} a short history and one round, and nothing is written; with
 * {@code -Dcollection=--again} what the last run has made is measured once more.
 */
public final class CollectionBenchmark {
    private static final Set<String> PROGRAMS = Set.of("restic", "borg", "rsync");

    private final Meter meter;
    private final Journal journal;
    private final Size size;
    private final SharedHistory history;

    private CollectionBenchmark(Path distribution, Path work, Size size) throws IOException {
        this.meter = new Meter(work);
        this.journal = new Journal(System.out, work);
        this.size = size;
        this.history = new SharedHistory(distribution, work, size, meter);
    }

    /** Arguments: the distribution, the folder of the page, and perhaps {@code --quick} or {@code --again}, and a work folder. */
    public static void main(String[] arguments) throws IOException {
        var more = new ArrayList<>(List.of(arguments).subList(2, arguments.length));
        boolean quick = more.remove("--quick");
        boolean again = more.remove("--again");
        Prerequisites.require(PROGRAMS, System.out::println);
        var work = Files.createDirectories(Path.of(more.isEmpty() ? "/var/tmp/strandline-collection" : more.getFirst())
                .toAbsolutePath());
        var size = quick ? Size.quick() : Size.full();
        var benchmark =
                new CollectionBenchmark(Path.of(arguments[0]).toAbsolutePath().normalize(), work, size);
        String page = benchmark.run(again, work);
        System.out.println(page);
        if (!quick) {
            Files.writeString(Path.of(arguments[1]).resolve("gc-benchmark.md"), page);
        }
    }

    private String run(boolean again, Path work) throws IOException {
        if (!again) {
            history.make();
        }
        var measurements = new Measurements();
        for (int round = 0; round < size.rounds(); round++) {
            history.reset();
            for (var contender : history.contenders()) {
                collect(contender, measurements);
            }
        }
        for (var contender : history.contenders()) {
            history.verify(contender);
        }
        return CollectionPage.markdown(size, history, measurements.rows(), work);
    }

    private void collect(Contender contender, Measurements measurements) throws IOException {
        var before = contender.size();
        var usages = new ArrayList<Usage>();
        for (Command command : contender.collection(size.retention())) {
            usages.add(meter.measure(command));
        }
        var sum = measurements.add(contender.subject(), before, usages, contender.size());
        journal.note("gc", "drop and free", contender.subject(), sum);
    }
}
