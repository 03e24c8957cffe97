package dev.strandline.benchmarks.comparison.measure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Programs of this machine that help, and are not measured: with this process's environment. */
public final class Host {
    private static final String SYSTEM_FOLDERS = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int SHOWN_LINES = 20;

    private Host() {}

    /** Where a program is, system folders included that an ordinary user's search path lacks. */
    public static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + ":" + SYSTEM_FOLDERS;
        return Stream.of(path.split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .findFirst();
    }

    /**
     * Runs a program to its end.
     *
     * @return what it said, errors included, without the last line's end
     * @throws IOException when it is not there or fails
     */
    public static String run(String... words) throws IOException {
        return run(Path.of("/"), words);
    }

    /** The same in another directory. */
    public static String run(Path directory, String... words) throws IOException {
        var said = new StringBuilder();
        int exitCode =
                lines(directory, List.of(words), line -> said.append(line).append('\n'));
        if (exitCode != 0) {
            throw new IOException(String.join(" ", words) + " ended with " + exitCode + ": " + end(said.toString()));
        }
        return said.toString().strip();
    }

    /** Runs a program to its end and hands each line over that it says; returns its exit code. */
    public static int lines(Path directory, List<String> words, Consumer<String> receiver) throws IOException {
        var builder = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        process.getOutputStream().close();
        // File names are bytes; read like this, any bytes are text.
        try (var reader = process.inputReader(StandardCharsets.ISO_8859_1)) {
            reader.lines().forEach(receiver);
        }
        return await(process);
    }

    static int await(Process process) throws InterruptedIOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            var interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** The last lines of what a program said. */
    static String end(String said) {
        var lines = said.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    /** Removes a tree, whatever is in it. */
    public static void remove(Path tree) throws IOException {
        run("rm", "-rf", "--one-file-system", tree.toString());
    }
}
