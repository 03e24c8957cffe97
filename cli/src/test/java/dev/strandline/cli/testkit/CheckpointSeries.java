package dev.strandline.cli.testkit;

import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoint folders as scripts around {@code rsync --link-dest} leave them: a small application with all kinds of
 * entries, copied after every few edits; what has not changed is one file with a name in each copy. The same seed gives
 * the same folders.
 */
public final class CheckpointSeries {
    /** Of the first one; each further is a quarter of an hour later. */
    public static final Instant FIRST_TIME = Instant.parse("2025-11-16T15:19:44Z");

    private static final long INTERVAL_SECONDS = 900;
    private static final int MODULES = 12;
    private static final int MAX_FILE_BYTES = 40_000;
    private static final List<String> MODES = List.of("rw-r--r--", "rwxr-x---", "r--------", "rw-rw-rw-", "rwxrwxrwx");
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Random random;
    private final Path live;
    private final Path folder;

    private CheckpointSeries(Random random, Path live, Path folder) {
        this.random = random;
        this.live = live;
        this.folder = folder;
    }

    /** Makes {@code count} checkpoints in the folder {@code name} of {@code place}. */
    public static void make(Workplace place, String name, int count, long seed) throws IOException {
        System.out.println("checkpoint series with seed " + seed);
        HostTools.require("rsync");
        var series = new CheckpointSeries(new Random(seed), place.directory(name + "-live"), place.directory(name));
        series.build();
        Path before = null;
        for (int i = 0; i < count; i++) {
            var checkpoint = series.folder.resolve("checkpoint-" + name(i));
            series.copy(checkpoint, before);
            Files.writeString(
                    checkpoint.resolve("CHECKPOINT_INFO.txt"),
                    "Created: by a script\nDescription: " + message(i) + "\n");
            before = checkpoint;
            series.edit(i);
        }
    }

    /** As Strandline names a snapshot of the {@code index}-th checkpoint, too. */
    public static String name(int index) {
        return NAME.format(FIRST_TIME.plusSeconds(index * INTERVAL_SECONDS));
    }

    /** What was said of the {@code index}-th checkpoint. */
    public static String message(int index) {
        return index % 10 == 0 ? "before upgrade " + index : "[CRON-15MIN] automatic " + index;
    }

    private void build() throws IOException {
        for (int module = 0; module < MODULES; module++) {
            var directory = Files.createDirectories(live.resolve("modules/m" + module));
            write(directory.resolve("index.js"));
            write(directory.resolve("package.json"));
        }
        Files.createDirectory(live.resolve("empty"));
        Files.createSymbolicLink(live.resolve("current"), Path.of("modules/m0"));
        Files.createSymbolicLink(live.resolve("dangling"), Path.of("/no/such/place"));
        Files.createLink(live.resolve("modules/linked"), live.resolve("modules/m1/index.js"));
        Files.write(live.resolve("nothing"), new byte[0]);
        Workplace.tool("mkfifo", live.resolve("fifo").toString());
        try (var directory = PosixFileSystem.open().openDirectory(FilePath.of(live.toString()))) {
            for (var name : List.of("-rf", "a\nb", " ", "\udcff\udcfe", "caf\u00e9", "\u001b[31mred")) {
                try (var odd = directory.createFile(FileName.of(name))) {
                    byte[] content = name.getBytes(StandardCharsets.UTF_8);
                    odd.write(0, content, 0, content.length);
                }
            }
            SourceTree.file(directory, "x".repeat(FileName.MAX_LENGTH), new byte[] {1});
        }
    }

    private void edit(int step) throws IOException {
        var module = live.resolve("modules/m" + random.nextInt(MODULES));
        write(module.resolve("index.js"));
        Files.writeString(live.resolve("log-" + step % 7), "line " + step + "\n");
        var link = live.resolve("current");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("modules/m" + random.nextInt(MODULES)));
        Files.setPosixFilePermissions(
                module.resolve("package.json"),
                PosixFilePermissions.fromString(MODES.get(random.nextInt(MODES.size()))));
        var added = live.resolve("added");
        if (Files.exists(added, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(added);
        } else if (random.nextBoolean()) {
            Files.createDirectory(added);
        } else {
            Files.createLink(added, module.resolve("package.json"));
        }
    }

    private void write(Path file) throws IOException {
        byte[] content = new byte[random.nextInt(MAX_FILE_BYTES)];
        random.nextBytes(content);
        Files.write(file, content);
        Files.setLastModifiedTime(
                file, FileTime.from(FIRST_TIME.plusNanos(random.nextLong(INTERVAL_SECONDS * 1_000_000_000))));
    }

    private void copy(Path checkpoint, @Nullable Path before) {
        var command = new ArrayList<>(List.of("rsync", "-aHAX"));
        if (before != null) {
            command.add("--link-dest=" + before);
        }
        command.add(live + "/");
        command.add(checkpoint + "/");
        Workplace.tool(command.toArray(String[]::new));
    }
}
