package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.InProcess;
import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Run;
import dev.strandline.cli.testkit.Running;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.fs.posix.PosixFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Four runs, two garbage collections and one forgetting at a time, as processes of their own on one repository, again and
 * again. Some are killed, some are stopped for a while, some have a clock that is years off. {@code -Dstrandline.rounds=200}
 * for more of it.
 */
final class NobodyWaitsIT {
    private static final int ROUNDS = Integer.getInteger("strandline.rounds", 12);
    private static final int WRITERS = 4;
    private static final int COLLECTORS = 2;
    private static final int FILES = 8;
    private static final long SEED = Long.getLong("strandline.seed", System.nanoTime());

    @AutoClose
    private final Workplace place = Workplace.create();

    private final Random random = new Random(SEED);
    /** What was saved by runs that exited with 0, by snapshot. */
    private final Map<String, Saved> saved = new TreeMap<>();
    /** Those that a forgetting named, whether or not it came to that. */
    private final Set<String> named = new HashSet<>();

    private final Set<String> forgotten = new HashSet<>();
    private final Map<Integer, Integer> endings = new TreeMap<>();

    /** @param contents of the files of a folder, by name */
    private record Saved(int writer, Map<String, String> contents) {}

    /** @param contents what the folder held while the run was at work */
    private record Write(int writer, Map<String, String> contents, Running running) {}

    @Test
    void snapshotsThatWereSaved_areThereWhateverElseHappened() throws IOException {
        System.out.println(ROUNDS + " rounds with seed " + SEED);
        place.initialized();
        for (int writer = 0; writer < WRITERS; writer++) {
            place.directory("source-" + writer);
        }
        for (int round = 0; round < ROUNDS; round++) {
            spend(round);
        }
        System.out.println("exit codes: " + endings + "; saved " + saved.size() + ", forgotten " + forgotten.size());
        for (int i = 0; i < 3; i++) {
            // By a clock on which what was killed has been dead for long.
            var quiet = place.strandline().at(Instant.now().plus(Duration.ofHours(3)));
            var report =
                    quiet.run("gc", "--max-unused", "0%", "--json").exits(0).json();
            if (i == 2) {
                assertThat(report.get("chunks_unused").asLong()).isZero();
                assertThat(report.get("packs_unused").asLong()).isZero();
                assertThat(report.get("runs_waited_for").asLong()).isZero();
            }
        }
        place.strandline().run("check", "--read-data").succeedsSilently();
        assertThat(place.repository().resolve("session")).isEmptyDirectory();
        assertThat(place.repository().resolve("tmp")).isEmptyDirectory();
        assertThat(saved.size()).isGreaterThan(ROUNDS);
        assertThat(wrong()).isEmpty();
        // What this test would say if a collection had taken a pack too many.
        for (var pack : place.objects("packs")) {
            Files.delete(place.repository().resolve(pack));
        }
        assertThat(wrong()).hasSameSizeAs(expected());
    }

    /** One after the other starts, and all are at work together. */
    private void spend(int round) throws IOException {
        var writes = new ArrayList<Write>();
        for (int writer = 0; writer < WRITERS; writer++) {
            var contents = edit(writer, round);
            String[] words = {
                "snapshot", "--json", "--host", "host-" + writer, source(writer).toString()
            };
            writes.add(new Write(writer, contents, troubled().start(words)));
        }
        var collections = new ArrayList<Running>();
        for (int i = 0; i < COLLECTORS; i++) {
            collections.add(troubled().start("gc", "--max-unused", random.nextBoolean() ? "0%" : "50%"));
        }
        var victim = victim();
        var forgetting =
                victim.isEmpty() ? List.<Running>of() : List.of(troubled().start("forget", "-f", victim));
        for (var write : writes) {
            var run = ended(write.running.await());
            if (run.exitCode() == 0) {
                var summary = run.jsonLines().getLast();
                saved.put(summary.get("snapshot_id").asText(), new Saved(write.writer, write.contents));
            }
        }
        for (var collection : collections) {
            ended(collection.await());
        }
        for (var running : forgetting) {
            if (ended(running.await()).exitCode() == 0) {
                forgotten.add(victim);
            }
        }
    }

    private Run ended(Run run) {
        endings.merge(run.exitCode(), 1, Integer::sum);
        // Done; refused, since it was fenced; another collection is at work; killed.
        assertThat(run.exitCode()).as(run.toString()).isIn(0, 1, 11, 137);
        if (run.exitCode() == 1) {
            assertThat(run.stderr()).contains("Run it again");
        }
        return run;
    }

    /** The program, with some trouble ahead. */
    private Program troubled() {
        var program = place.strandline();
        if (random.nextInt(8) == 0) {
            int years = random.nextBoolean() ? 3 : -3;
            program = program.at(Instant.now().plus(Duration.ofDays(365L * years)));
        }
        String seconds = String.format(Locale.ROOT, "%.3f", 0.05 + random.nextDouble() * 0.6);
        return switch (random.nextInt(6)) {
            case 0 -> program.under("timeout", "-s", "KILL", seconds);
            case 1 ->
                program.under(
                        "/bin/sh",
                        "-c",
                        "\"$@\" & pid=$!; sleep " + seconds
                                + "; kill -STOP $pid; sleep 0.3; kill -CONT $pid; wait $pid",
                        "sh");
            default -> program;
        };
    }

    private Path source(int writer) {
        return place.path("source-" + writer);
    }

    /** Some files of a folder become others, now and then what another folder has. */
    private Map<String, String> edit(int writer, int round) throws IOException {
        for (int i = 0; i < FILES; i++) {
            var file = source(writer).resolve("file-" + i);
            if (!Files.exists(file) || random.nextInt(3) == 0) {
                int kind = random.nextInt(4);
                String text =
                        kind == 0 ? "shared " + random.nextInt(5) : writer + " " + round + " " + random.nextLong();
                Files.writeString(file, (text + "\n").repeat(1 + random.nextInt(200)));
            }
        }
        return contents(source(writer));
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        var contents = new HashMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    /** A saved snapshot that is not the last of its folder; empty when there is none. */
    private String victim() {
        var candidates =
                saved.keySet().stream().filter(id -> !named.contains(id)).toList();
        if (candidates.size() < 3 * WRITERS) {
            return "";
        }
        String victim = candidates.get(random.nextInt(candidates.size()));
        named.add(victim);
        return victim;
    }

    /** The snapshots that must be there: those that a forgetting was killed over may be. */
    private List<String> expected() {
        return saved.keySet().stream().filter(id -> !named.contains(id)).toList();
    }

    /** Those of them that don't restore to what was saved, or were forgotten and do. */
    private List<String> wrong() throws IOException {
        var wrong = new ArrayList<String>();
        var program = new InProcess(place, PosixFileSystem.open(), new Random(SEED));
        for (var id : expected()) {
            var one = saved.get(id);
            var target = place.path("restored/" + id);
            var run = program.run("restore", id + ":" + source(one.writer), "--target", target.toString());
            if (run.exitCode() != 0 || !contents(target).equals(one.contents)) {
                wrong.add(id + ": " + run);
            }
            Workplace.tool("rm", "-rf", target.toString());
        }
        for (var id : forgotten) {
            if (program.run("show", id).exitCode() == 0) {
                wrong.add(id + " was forgotten and is there");
            }
        }
        return wrong;
    }
}
