package dev.strandline.benchmarks.history;

import dev.strandline.benchmarks.comparison.measure.Command;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Meter;
import dev.strandline.benchmarks.comparison.measure.Samples;
import dev.strandline.benchmarks.comparison.measure.Usage;
import dev.strandline.benchmarks.comparison.report.Machine;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.crypto.Secret;
import dev.strandline.store.repository.Repositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Measures the commands that look back, as whole processes, on 100 and on 10,000 snapshots of the same tree, and writes
 * {@code docs/history-benchmark.md}:
 *
 * <pre>{@code mvn -B -ntp -Phistory package}</pre>
 *
 * <p>What each command costs with few snapshots is the floor that its cost with many is held against.
 */
public final class HistoryBenchmark {
    private static final int FEW = 100;
    private static final int MANY = 10_000;
    private static final int ROUNDS = 9;
    private static final double LIMIT_SECONDS = 1;

    private final Path program;
    private final Path work;
    private final Meter meter;

    private HistoryBenchmark(Path distribution, Path work) {
        this.program = distribution.resolve("bin/strandline");
        this.work = work;
        this.meter = new Meter(work);
    }

    /**
     * Arguments: the distribution, the folder of the page, and optionally ({@code -Dhistory='500 /tmp/work'}) how many snapshots,
     * and a work folder, in which repositories stay for the next run.
     */
    public static void main(String[] arguments) throws IOException, RepositoryException {
        int many = arguments.length > 2 ? Integer.parseInt(arguments[2]) : MANY;
        var work =
                Files.createDirectories(Path.of(arguments.length > 3 ? arguments[3] : "/var/tmp/strandline-history"));
        var benchmark =
                new HistoryBenchmark(Path.of(arguments[0]).toAbsolutePath().normalize(), work);
        String page = benchmark.run(many);
        System.out.println(page);
        if (many == MANY) {
            Files.writeString(Path.of(arguments[1]).resolve("history-benchmark.md"), page);
        }
    }

    private String run(int many) throws IOException, RepositoryException {
        var few = series(FEW);
        var lots = series(many);
        var page = new StringBuilder(String.format(
                Locale.ROOT,
                """
                # Looking back over many snapshots

                Whole commands, medians of %d runs in turn on %,d and on %,d snapshots of one tree of %,d files. Each snapshot has
                one file changed; the file that is looked for (FILE) changed in every %dth. The same command with few snapshots is what the one with
                many is held against; the limit is one second.

                Measured on %s by `mvn -B -ntp -Phistory package`: %s.

                | command | %,d snapshots | %,d | ratio | peak memory | < 1 s |
                |---|---|---|---|---|---|
                """,
                ROUNDS,
                FEW,
                many,
                ManySnapshots.FILES,
                ManySnapshots.WATCHED_EVERY,
                LocalDate.now(ZoneOffset.UTC),
                Machine.describe(work),
                FEW,
                many));
        for (var command : commands()) {
            page.append(row(command, few, lots));
        }
        page.append("\n`find` and `grep` look at every entry of every snapshot, and have no limit.\n");
        return page.toString();
    }

    /** A repository with its snapshots. */
    private record Series(Path folder, Path watched) {}

    private Series series(int count) throws IOException, RepositoryException {
        var folder = work.resolve("snapshots-" + count);
        var tree = folder.resolve("tree");
        var host = PosixFileSystem.open();
        var snapshots = new ManySnapshots(host, tree);
        if (Files.exists(folder.resolve("complete"))) {
            return new Series(folder, Path.of(Files.readString(folder.resolve("complete"))));
        }
        Host.remove(folder);
        Files.createDirectories(tree);
        snapshots.createTree();
        meter.measure(strandline(folder, List.of("init", "-q")));
        String key = Files.readString(folder.resolve("key")).strip();
        var secret =
                new Secret.KeyFile(HexFormat.of().parseHex(key.substring(key.length() - 2 * Secret.KeyFile.BYTES)));
        var repositories = new Repositories(
                host, Clock.systemUTC(), new SecureRandom(), System.out::println, folder.resolve("cache"), 2);
        try (var repository = repositories
                .open(FilePath.of(folder.resolve("repository").toString()), () -> Optional.of(secret))
                .repository()) {
            snapshots.take(repository, count, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        }
        Files.writeString(folder.resolve("complete"), snapshots.watched().toString());
        return new Series(folder, snapshots.watched());
    }

    /** @param isLimited whether it has to be done in time */
    private record Looked(String label, boolean isLimited, List<String> words) {
        /** With the watched file for FILE and a new folder for TARGET. */
        List<String> at(Path file, Path target) {
            return words.stream()
                    .map(word -> word.replace("FILE", file.toString()).replace("TARGET", target.toString()))
                    .toList();
        }
    }

    private static List<Looked> commands() {
        return List.of(
                new Looked("`list`", true, List.of("list")),
                new Looked("`log FILE`", true, List.of("log", "FILE")),
                new Looked("`diff latest~1 latest`", true, List.of("diff", "latest~1", "latest")),
                new Looked(
                        "`restore latest~50:FILE`", true, List.of("restore", "latest~50:FILE", "--target", "TARGET")),
                new Looked("`dump latest~50:FILE`", true, List.of("dump", "latest~50:FILE")),
                new Looked("`blame FILE`", true, List.of("blame", "FILE")),
                new Looked("`find 'settings-0.conf'`", false, List.of("find", "settings-0.conf")),
                new Looked("`grep step-200`", false, List.of("grep", "step-200")));
    }

    private String row(Looked command, Series few, Series lots) throws IOException {
        var fewRuns = new ArrayList<Double>();
        var lotsRuns = new ArrayList<Double>();
        long peak = 0;
        for (int round = 0; round < ROUNDS; round++) {
            fewRuns.add(once(command, few).wallSeconds());
            var usage = once(command, lots);
            lotsRuns.add(usage.wallSeconds());
            peak = Math.max(peak, usage.peakBytes());
        }
        double small = Samples.median(fewRuns.stream().mapToDouble(x -> x).toArray());
        double large = Samples.median(lotsRuns.stream().mapToDouble(x -> x).toArray());
        return String.format(
                Locale.ROOT,
                "| %s | %.2f s | %.2f s | %.1f | %.0f MB | %s |%n",
                command.label,
                small,
                large,
                large / small,
                peak / 1e6,
                command.isLimited ? (large < LIMIT_SECONDS ? "yes" : "**no**") : "");
    }

    private Usage once(Looked command, Series series) throws IOException {
        var target = series.folder.resolve("target");
        Host.remove(target);
        return meter.measure(strandline(series.folder, command.at(series.watched, target)));
    }

    private Command strandline(Path folder, List<String> arguments) {
        return new Command(
                        List.of(program.toString()),
                        Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()),
                        Path.of("/"))
                .and(arguments.toArray(String[]::new))
                .with("STRANDLINE_REPOSITORY", folder.resolve("repository").toString())
                .with("STRANDLINE_KEY_FILE", folder.resolve("key").toString())
                .with("STRANDLINE_CACHE_DIR", folder.resolve("cache").toString());
    }
}
