package dev.strandline.benchmarks.year;

import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.cli.Main;
import dev.strandline.cli.configuration.Configuration;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.Interruption;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.NamedFiles;
import dev.strandline.core.fs.posix.PosixFileSystem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Stream;

/**
 * A repository into which four servers save, each once an hour, so that there is a snapshot every 15 minutes. Each is a
 * {@code snapshot} command, run in this process by a clock that shows its time, with the garbage collections that follow when
 * they are due.
 */
final class SimulatedYear {
    private static final String[] SERVERS = {"web", "mail", "db", "pbx"};
    private static final Duration STEP = Duration.ofMinutes(15);
    private static final int WEEK = 7 * 96;
    private static final long SEED = 35_040;

    /** Where it says what it has made, one line for each {@link Sample}. */
    private static final String SAMPLES = "samples";

    private final Path folder;
    private final HostFileSystem host = PosixFileSystem.open();
    private final SecureRandom chance = new SecureRandom();
    private final List<SimulatedServer> servers = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();

    /** What the repository takes after so many snapshots, without its database, which can be had again. */
    record Sample(int snapshots, FolderSize size, FolderSize database) {
        String toLine() {
            return snapshots + " " + size.files() + " " + size.bytes() + " " + database.files() + " "
                    + database.bytes();
        }

        static Sample ofLine(String line) {
            var fields =
                    Stream.of(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
            return new Sample(
                    (int) fields[0], new FolderSize(fields[1], fields[2]), new FolderSize(fields[3], fields[4]));
        }
    }

    /** @param folder for the repository and the servers' folders */
    SimulatedYear(Path folder) {
        this.folder = folder;
        for (int i = 0; i < SERVERS.length; i++) {
            servers.add(
                    new SimulatedServer(SERVERS[i], folder.resolve("servers").resolve(SERVERS[i]), SEED + i));
        }
    }

    Path folder() {
        return folder;
    }

    /** The server that has saved last. */
    SimulatedServer lastServer() {
        return servers.getLast();
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    Map<String, String> environment() {
        return Map.of(
                "HOME", folder.toString(),
                "STRANDLINE_REPOSITORY", folder.resolve("repository").toString(),
                "STRANDLINE_KEY_FILE", folder.resolve("key").toString(),
                "STRANDLINE_CACHE_DIR", folder.resolve("cache").toString());
    }

    /** @param count of snapshots, the last one taken at {@code end} */
    void take(int count, Instant end) throws IOException {
        Host.remove(folder);
        Files.createDirectories(folder);
        for (var server : servers) {
            server.install();
        }
        run(end, "init", "-q");
        for (int step = 0; step < count; step++) {
            var server = servers.get(step % servers.size());
            var time = end.minus(STEP.multipliedBy(count - 1L - step));
            server.live(time);
            run(
                    time,
                    "snapshot",
                    "--trigger",
                    "scheduled",
                    "--host",
                    server.name(),
                    server.tree().toString());
            if ((step + 1) % WEEK == 0 || step == count - 1) {
                sample(step + 1);
            }
        }
        Files.write(
                folder.resolve(SAMPLES), samples.stream().map(Sample::toLine).toList());
    }

    /** Goes on with what an earlier run has made. */
    void takeOver() throws IOException {
        for (var line : Files.readAllLines(folder.resolve(SAMPLES))) {
            samples.add(Sample.ofLine(line));
        }
    }

    private void sample(int snapshots) throws IOException {
        var repository = folder.resolve("repository");
        var all = FolderSize.of(repository);
        var database = FolderSize.of(repository.resolve("index.rocksdb"));
        samples.add(new Sample(
                snapshots, new FolderSize(all.files() - database.files(), all.bytes() - database.bytes()), database));
        System.out.println(snapshots + " snapshots: " + samples.getLast());
    }

    /** Runs a command, which must succeed, and gives its answer. */
    String run(Instant time, String... arguments) {
        var stdout = new ByteArrayOutputStream();
        var stderr = new ByteArrayOutputStream();
        var context = new Context(
                environment(),
                host,
                new NamedFiles(host, () -> {}),
                Clock.fixed(time, ZoneOffset.UTC),
                () -> TimeZone.getTimeZone(ZoneOffset.UTC),
                () -> chance,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(stdout, false, StandardCharsets.UTF_8),
                new PrintStream(stderr, true, StandardCharsets.UTF_8),
                new Interruption(),
                () -> Configuration.NONE,
                Optional.empty(),
                "benchmark");
        if (Main.run(arguments, context) != 0) {
            throw new IllegalStateException(
                    String.join(" ", arguments) + ": " + stderr.toString(StandardCharsets.UTF_8));
        }
        return stdout.toString(StandardCharsets.UTF_8);
    }
}
