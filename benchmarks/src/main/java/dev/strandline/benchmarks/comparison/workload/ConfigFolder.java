package dev.strandline.benchmarks.comparison.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A folder of configuration files as services have them: a setting a line. */
final class ConfigFolder {
    static final int FILES = 60;

    private static final int SHORTEST = 12;
    private static final int LONGEST = 400;
    private static final List<String> WORDS = List.of(
            "cache",
            "client",
            "connection",
            "database",
            "directory",
            "enabled",
            "host",
            "interval",
            "limit",
            "listen",
            "log",
            "pool",
            "port",
            "queue",
            "retry",
            "server",
            "session",
            "size",
            "timeout",
            "worker");

    private final Path folder;

    ConfigFolder(Path folder) {
        this.folder = folder;
    }

    /** How many lines a file has. */
    static int lines(int file) {
        return SHORTEST + new Random(file).nextInt(LONGEST - SHORTEST);
    }

    void create() throws IOException {
        Files.createDirectories(folder);
        for (int file = 0; file < FILES; file++) {
            var random = new Random(file);
            var lines = new ArrayList<String>();
            for (int line = 0; line < lines(file); line++) {
                lines.add(word(random) + "." + word(random) + "_" + word(random) + " = " + random.nextInt(1_000_000));
            }
            Files.write(path(file), lines);
        }
    }

    void apply(Edit.Line edit) throws IOException {
        var path = path(edit.file());
        var lines = Files.readAllLines(path);
        String old = lines.get(edit.line());
        lines.set(edit.line(), old.substring(0, old.indexOf('=')) + "= " + edit.value());
        Files.write(path, lines);
    }

    private Path path(int file) {
        return folder.resolve("service-" + file + ".conf");
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
