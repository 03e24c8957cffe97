package dev.strandline.benchmarks.year;

import dev.strandline.benchmarks.comparison.report.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What was measured.
 *
 * @param count of snapshots
 * @param few of those in the repository that it is held against
 * @param days what {@code gc} took after each day that was forgotten, in seconds
 * @param work where it was done
 */
record YearResult(
        int count,
        int few,
        int rounds,
        List<Row> rows,
        List<Double> days,
        List<SimulatedYear.Sample> samples,
        Path work) {
    private static final double DAY_LIMIT_SECONDS = 5;

    /** @param limit how many times what it takes with few it may take with many */
    record Row(String label, double few, double many, long peakBytes, OptionalDouble limit) {
        private String verdict() {
            return limit.isEmpty()
                    ? ""
                    : (many / few <= limit.getAsDouble() ? "yes" : "**no**") + ", " + limit.getAsDouble();
        }
    }

    String page() throws IOException {
        var page = new StringBuilder(String.format(
                Locale.ROOT,
                """
                # A year of snapshots

                %,d snapshots, one every 15 minutes, of four servers that save into one repository once an hour each, in simulated
                time: settings are edited by day, a log grows and is rotated, files arrive, and about once a week a third of the application is
                replaced. Each snapshot is the real command; the garbage collections are those that follow a snapshot when they are
                due. Nothing is forgotten.

                Measured on %s by `mvn -B -ntp -Pyear package` (`-Dyear=--quick` makes 1,000,
                `-Dyear=--again` measures what was made before): %s.

                ![Size and number of files over the year](year-benchmark.svg)

                ## Commands at its end

                Whole processes, medians of %d runs in turn in a repository of %,d snapshots of the same servers and in this one.

                | command | %,d snapshots | %,d | ratio | peak memory | within its limit |
                |---|---|---|---|---|---|
                """,
                count,
                LocalDate.now(ZoneOffset.UTC),
                Machine.describe(work),
                rounds,
                few,
                few,
                count));
        for (var row : rows) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %.3f s | %.3f s | %.2f | %.0f MB | %s |%n",
                    row.label,
                    row.few,
                    row.many,
                    row.many / row.few,
                    row.peakBytes / 1e6,
                    row.verdict()));
        }
        page.append("\n`gc` after a day of 96 snapshots was forgotten, limit " + (int) DAY_LIMIT_SECONDS + " s:");
        for (double day : days) {
            page.append(String.format(Locale.ROOT, " %.2f s%s", day, day < DAY_LIMIT_SECONDS ? "" : " (**missed**)"));
        }
        page.append("""
                .

                ## The repository

                Without the index's database, which can be had again at any time.

                | snapshots | size | files | database | bytes a snapshot |
                |---|---|---|---|---|
                """);
        int every = Math.max(1, samples.size() / 13);
        for (int i = 0; i < samples.size(); i++) {
            var sample = samples.get(i);
            if (i % every == 0 || i == samples.size() - 1) {
                page.append(String.format(
                        Locale.ROOT,
                        "| %,d | %.1f MB | %,d | %.1f MB | %,d |%n",
                        sample.snapshots(),
                        sample.size().bytes() / 1e6,
                        sample.size().files(),
                        sample.database().bytes() / 1e6,
                        sample.size().bytes() / sample.snapshots()));
            }
        }
        return page.toString();
    }
}
