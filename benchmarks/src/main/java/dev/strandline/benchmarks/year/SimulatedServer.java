package dev.strandline.benchmarks.year;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One server's folder and what happens to it: by day settings are edited and files arrive, by night little does; a log grows
 * and is rotated; once a week much of the application is replaced.
 */
public final class SimulatedServer {
    private static final int SOURCES = 200;
    private static final int SETTINGS = 40;
    private static final int LINES = 60;
    private static final int ROTATED_LOGS = 7;

    private final String name;
    private final Path tree;
    private final Random random;
    private final List<Path> sources = new ArrayList<>();
    private final List<Path> settings = new ArrayList<>();
    private int uploads;

    public SimulatedServer(String name, Path tree, long seed) {
        this.name = name;
        this.tree = tree;
        this.random = new Random(seed);
        for (int i = 0; i < SOURCES; i++) {
            sources.add(tree.resolve("app/module-" + i % 20 + "/source-" + i + ".js"));
        }
        for (int i = 0; i < SETTINGS; i++) {
            settings.add(tree.resolve("etc/part-" + i % 5 + "/settings-" + i + ".conf"));
        }
    }

    /** Makes its files. */
    public void install() throws IOException {
        for (var source : sources) {
            write(source, LINES);
        }
        for (var file : settings) {
            write(file, LINES / 3);
        }
        write(tree.resolve("log/app.log"), LINES);
        Files.createDirectories(tree.resolve("uploads"));
    }

    String name() {
        return name;
    }

    Path tree() {
        return tree;
    }

    /** A file with many versions. */
    Path watched() {
        return settings.getFirst();
    }

    private void write(Path file, int lines) throws IOException {
        Files.createDirectories(file.getParent());
        var text = new ArrayList<String>();
        for (int i = 0; i < lines; i++) {
            text.add(line());
        }
        Files.write(file, text);
    }

    private String line() {
        return "value-" + random.nextInt(1000) + " = " + Long.toHexString(random.nextLong());
    }

    /** What has happened in the hour before. */
    public void live(Instant time) throws IOException {
        int hour = time.atOffset(ZoneOffset.UTC).getHour();
        boolean isDay = hour >= 7 && hour < 20;
        if (random.nextInt(100) < (isDay ? 60 : 10)) {
            edit(random.nextInt(10) == 0 ? watched() : settings.get(random.nextInt(SETTINGS)));
        }
        if (isDay && random.nextInt(100) < 15) {
            edit(sources.get(random.nextInt(SOURCES)));
        }
        if (random.nextInt(100) < (isDay ? 80 : 30)) {
            append(tree.resolve("log/app.log"));
        }
        if (isDay && random.nextInt(100) < 5) {
            byte[] content = new byte[4_000 + random.nextInt(40_000)];
            random.nextBytes(content);
            Files.write(tree.resolve("uploads/upload-" + uploads++ + ".bin"), content);
        }
        if (hour == 0) {
            rotate();
        }
        if (hour == 10 && random.nextInt(7) == 0) {
            for (int i = 0; i < SOURCES / 3; i++) {
                edit(sources.get(random.nextInt(SOURCES)));
            }
        }
    }

    private void append(Path file) throws IOException {
        Files.writeString(file, line() + "\n" + line() + "\n", StandardOpenOption.APPEND);
    }

    private void edit(Path file) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(random.nextInt(lines.size()), line());
        Files.write(file, lines);
    }

    private void rotate() throws IOException {
        for (int i = ROTATED_LOGS; i > 0; i--) {
            var from = tree.resolve("log/app.log" + (i == 1 ? "" : "." + (i - 1)));
            if (Files.exists(from)) {
                Files.move(from, tree.resolve("log/app.log." + i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        write(tree.resolve("log/app.log"), 1);
    }
}
