package dev.strandline.benchmarks.year;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.strandline.benchmarks.comparison.measure.Command;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Meter;
import dev.strandline.benchmarks.comparison.measure.Samples;
import dev.strandline.benchmarks.comparison.measure.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a year of snapshots, and measures commands at its end, as whole processes in turn with the same in a repository of
 * {@value #FEW}; writes {@code docs/year-benchmark.md} and its picture:
 *
 * <pre>{@code mvn -B -ntp -Pyear package}</pre>
 *
 * <p>With {@code -Dyear=--quick} 1,000 snapshots, and nothing is written; with {@code -Dyear=--again} what the last run has made
 * is measured once more.
 */
public final class YearBenchmark {
    private static final int FEW = 100;
    private static final int YEAR = 365 * 96;
    private static final int QUICK = 1_000;
    private static final int ROUNDS = 9;
    private static final int DAY = 96;
    private static final int DAYS_FORGOTTEN = 3;

    private final Path program;
    private final Meter meter;

    private YearBenchmark(Path distribution, Path work) {
        this.program = distribution.resolve("bin/strandline");
        this.meter = new Meter(work);
    }

    /** Arguments: the distribution, the folder of the page, and perhaps {@code --quick} or {@code --again}, and a work folder. */
    public static void main(String[] arguments) throws IOException {
        var more = new ArrayList<>(List.of(arguments).subList(2, arguments.length));
        boolean quick = more.remove("--quick");
        boolean again = more.remove("--again");
        var work = Files.createDirectories(Path.of(more.isEmpty() ? "/var/tmp/strandline-year" : more.getFirst()));
        var benchmark = new YearBenchmark(Path.of(arguments[0]).toAbsolutePath().normalize(), work);
        var result = benchmark.run(work, quick ? QUICK : YEAR, again);
        System.out.println(result.page());
        if (!quick) {
            var docs = Path.of(arguments[1]);
            Files.writeString(docs.resolve("year-benchmark.md"), result.page());
            Files.writeString(docs.resolve("year-benchmark.svg"), GrowthChart.svg(result.samples()));
        }
    }

    private YearResult run(Path work, int count, boolean again) throws IOException {
        var few = new SimulatedYear(work.resolve("few"));
        var year = new SimulatedYear(work.resolve("year"));
        if (again) {
            year.takeOver();
        } else {
            var end = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            few.take(FEW, end);
            year.take(count, end);
        }
        var rows = new ArrayList<YearResult.Row>();
        for (var timed : Timed.ALL) {
            rows.add(row(timed, few, year));
        }
        var days = new ArrayList<Double>();
        for (int i = 1; i <= DAYS_FORGOTTEN; i++) {
            forgetDay(year, i / (double) (DAYS_FORGOTTEN + 1));
            days.add(once(year, List.of("gc")).wallSeconds());
        }
        return new YearResult(count, FEW, ROUNDS, rows, days, year.samples(), work);
    }

    private YearResult.Row row(Timed timed, SimulatedYear few, SimulatedYear year) throws IOException {
        var runs = new HashMap<SimulatedYear, List<Usage>>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (var each : List.of(few, year)) {
                Host.remove(each.folder().resolve("target"));
                timed.before().ifPresent(words -> meterless(each, words));
                var usage = once(each, timed.words());
                if (round > 0) {
                    runs.computeIfAbsent(each, _ -> new ArrayList<>()).add(usage);
                }
            }
        }
        return new YearResult.Row(
                timed.label(),
                median(runs, few),
                median(runs, year),
                runs.getOrDefault(year, List.of()).stream()
                        .mapToLong(Usage::peakBytes)
                        .max()
                        .orElse(0),
                timed.limit());
    }

    private static double median(Map<SimulatedYear, List<Usage>> runs, SimulatedYear of) {
        return Samples.median(runs.getOrDefault(of, List.of()).stream()
                .mapToDouble(Usage::wallSeconds)
                .toArray());
    }

    private void meterless(SimulatedYear year, List<String> words) {
        try {
            once(year, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Usage once(SimulatedYear year, List<String> words) throws IOException {
        var server = year.lastServer();
        var command = new Command(List.of(program.toString()), Map.of("PATH", "/usr/bin:/bin"), Path.of("/"))
                .and(words.stream()
                        .map(word -> word.replace("FILE", server.watched().toString())
                                .replace("TREE", server.tree().toString())
                                .replace("HOST", server.name())
                                .replace(
                                        "TARGET",
                                        year.folder().resolve("target").toString()))
                        .toArray(String[]::new));
        for (var variable : year.environment().entrySet()) {
            command = command.with(variable.getKey(), variable.getValue());
        }
        return meter.measure(command);
    }

    /** @param where in the year the day is whose snapshots are forgotten, 0 to 1 */
    private static void forgetDay(SimulatedYear year, double where) throws IOException {
        var now = Instant.now();
        var words = new ArrayList<>(List.of("forget", "-q"));
        var list = JsonMapper.builder().build().readTree(year.run(now, "list", "--json"));
        int first = (int) (where * (list.size() - DAY));
        for (int i = first; i < first + DAY; i++) {
            words.add(list.get(i).get("id").asText());
        }
        year.run(now, words.toArray(String[]::new));
    }
}
