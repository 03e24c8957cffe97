package dev.strandline.benchmarks.comparison.workload;

import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.measure.Usage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Tells what is going on, and keeps every single run of a command as a line of a table, one table a workload. */
public final class Journal {
    private final PrintStream out;
    private final Path folder;
    private final Set<String> begun = new HashSet<>();

    /** @param folder for tables of comma-separated values; what an earlier run noted of a workload is overwritten */
    public Journal(PrintStream out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    public void say(String sentence) {
        out.println(sentence);
    }

    /** One run of a command. */
    public void note(String workload, String measure, Subject subject, Usage usage) throws IOException {
        var table = folder.resolve("measurements-" + workload + ".csv");
        if (begun.add(workload)) {
            Files.writeString(table, "workload,measure,subject,wall_seconds,processor_seconds,peak_bytes\n");
        }
        Files.writeString(
                table,
                String.format(
                        Locale.ROOT,
                        "%s,\"%s\",\"%s\",%.6f,%.3f,%d%n",
                        workload,
                        measure,
                        subject.label(),
                        usage.wallSeconds(),
                        usage.processorSeconds(),
                        usage.peakBytes()),
                StandardOpenOption.APPEND);
        out.printf(Locale.ROOT, "(%s) %-28s %-20s %9.3f s%n", workload, measure, subject.label(), usage.wallSeconds());
    }
}
