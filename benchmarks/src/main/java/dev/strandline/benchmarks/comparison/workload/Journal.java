package dev.strandline.benchmarks.comparison.workload;

import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.measure.Usage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Tells what is going on, and keeps every single run of a command as a line of a table. */
public final class Journal {
    private final PrintStream out;
    private final Path table;

    /**
     * @param table a file for comma-separated values
     * @param resume whether what the file holds already stays
     */
    public Journal(PrintStream out, Path table, boolean resume) throws IOException {
        this.out = out;
        this.table = table;
        if (!resume || Files.notExists(table)) {
            Files.writeString(table, "workload,measure,subject,wall_seconds,processor_seconds,peak_bytes\n");
        }
    }

    public void say(String sentence) {
        out.println(sentence);
    }

    /** One run of a command. */
    public void note(String workload, String measure, Subject subject, Usage usage) throws IOException {
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
