package dev.strandline.benchmarks.comparison.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs commands and measures them. Wall time is taken around the process; GNU time tells processor time and memory.
 * Before each command everything written earlier is brought to the disk, so that nobody pays for whoever came before.
 * Any number of threads, if their times don't matter.
 */
public final class Meter {
    /** Not the shell's own {@code time}: that one knows nothing of memory. */
    public static final Path TIME = Path.of("/usr/bin/time");

    private static final long BYTES_PER_KIB = 1024;
    private static final double MILLIS_PER_SECOND = 1000;

    private final Path scratch;

    /** @param scratch a folder for what the commands say */
    public Meter(Path scratch) {
        this.scratch = scratch;
    }

    /**
     * Runs a command to its end.
     *
     * @throws IOException when it fails, with the end of what it said
     */
    public Usage measure(Command command) throws IOException {
        return run(command).usage();
    }

    /** Runs a command for what it says, errors included; it fails as {@link #measure} does. */
    public String ask(Command command) throws IOException {
        return run(command).said();
    }

    private record Run(Usage usage, String said) {}

    private Run run(Command command) throws IOException {
        var usageFile = Files.createTempFile(scratch, "usage-", "");
        var outputFile = Files.createTempFile(scratch, "output-", "");
        try {
            return run(command, usageFile, outputFile);
        } finally {
            Files.delete(usageFile);
            Files.delete(outputFile);
        }
    }

    private static Run run(Command command, Path usageFile, Path outputFile) throws IOException {
        Host.run("sync");
        var words = new ArrayList<>(List.of(TIME.toString(), "-f", "%U %S %M", "-o", usageFile.toString(), "--"));
        words.addAll(command.words());
        var builder = new ProcessBuilder(words)
                .directory(command.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(outputFile.toFile());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        long started = System.nanoTime();
        var process = builder.start();
        int exitCode = Host.await(process);
        var wall = Duration.ofNanos(System.nanoTime() - started);
        if (exitCode != 0) {
            throw new IOException(command + " ended with " + exitCode + ": " + Host.end(said(outputFile)));
        }
        return new Run(usage(wall, Files.readString(usageFile)), said(outputFile));
    }

    /** File names may be any bytes. */
    private static String said(Path outputFile) throws IOException {
        return new String(Files.readAllBytes(outputFile), StandardCharsets.UTF_8);
    }

    /** @param report seconds of user and system time and KiB, as GNU time was told to write them */
    static Usage usage(Duration wall, String report) {
        if (!report.strip().matches("[0-9.]+ [0-9.]+ [0-9]+")) {
            throw new IllegalStateException("GNU time said '" + report + "'");
        }
        String[] fields = report.strip().split(" ", -1);
        double processorSeconds = Double.parseDouble(fields[0]) + Double.parseDouble(fields[1]);
        return new Usage(
                wall,
                Duration.ofMillis(Math.round(processorSeconds * MILLIS_PER_SECOND)),
                Long.parseLong(fields[2]) * BYTES_PER_KIB);
    }
}
