package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Run;
import dev.strandline.cli.testkit.Running;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.TreeComparison;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A day of 96 scheduled runs as cron makes them, on a clock that libfaketime sets: edits, an overlap, an optional folder that
 * is gone for an hour, an emptied source, a full disk and a reboot. What happened is then told by the commands that tell it.
 */
final class OperatorsDayIT {
    private static final long SEED = 20_310_303;
    private static final Instant MIDNIGHT = Instant.parse("2031-03-03T00:00:00Z");
    private static final int RUNS = 96;
    private static final int OVERLAP = 10;
    private static final List<Integer> WITHOUT_TOOL = List.of(20, 21, 22, 23);
    private static final List<Integer> EMPTIED = List.of(40, 41, 42);
    private static final int FULL = 60;
    private static final int REBOOT = 75;
    private static final List<Integer> OFF = List.of(76, 77);
    private static final List<Integer> KEPT = List.of(5, 22, 59, 70, 95);

    @AutoClose
    private final Workplace place = Workplace.create();

    private final Random random = new Random(SEED);
    private final TreeMap<Integer, Run> runs = new TreeMap<>();
    private final List<Integer> saved = new ArrayList<>();
    private Path repository = Path.of("/");
    private String line = "";
    private Program operator;

    @BeforeEach
    void initialize() throws IOException {
        for (int i = 0; i < 12; i++) {
            place.file("app/lib/module" + i + ".js", "// version 0\n".repeat(100 + i));
        }
        place.file("etc/pbx.conf", "[general]\n");
        place.file("etc/dial.conf", "[dial]\n");
        place.file("tool/version", "1");
        place.directory("disk");
        repository = place.path("disk/repository");
    }

    private static Instant time(int run) {
        return MIDNIGHT.plus(15L * run, ChronoUnit.MINUTES);
    }

    private Run ask(Instant time, String... arguments) throws IOException {
        return operator.at(time).run(arguments);
    }

    @Test
    void day_isToldExactlyAsItHappened() throws IOException {
        System.out.println("operator's day with seed " + SEED);
        boolean mounted = Program.isRoot();
        if (mounted) {
            Workplace.tool(
                    "mount",
                    "-t",
                    "tmpfs",
                    "-o",
                    "size=150m",
                    "none",
                    place.path("disk").toString());
        }
        try {
            setUp();
            for (int run = 0; run < RUNS; run++) {
                spend(run);
            }
            assertRuns(mounted);
            assertTold(mounted);
        } finally {
            if (mounted) {
                Workplace.tool("umount", place.path("disk").toString());
            }
        }
    }

    private void setUp() throws IOException {
        var file = place.file("strandline.toml", """
                repository = "%s"
                key-file = "%s"
                host = "pbx1"
                metrics-file = "%s"

                [[source]]
                path = "%s"
                min-files = 3
                max-deleted = "50%%"

                [[source]]
                path = "%s"

                [[source]]
                path = "%s"
                optional = true
                """.formatted(
                        repository,
                        place.path("key"),
                        place.path("strandline.prom"),
                        place.path("app"),
                        place.path("etc"),
                        place.path("tool")));
        operator = place.bare().with("STRANDLINE_CONFIG", file.toString());
        operator.run("config", "check").exits(0);
        ask(MIDNIGHT, "init", "-q").exits(0);
        var crontab = place.path("crontab").toString();
        ask(MIDNIGHT, "schedule", "install", "--cron-file", crontab).exits(0);
        ask(
                        MIDNIGHT,
                        "schedule",
                        "install",
                        "--unit-folder",
                        place.directory("units").toString())
                .exits(0);
        line = Files.readAllLines(place.path("crontab")).stream()
                .filter(text -> text.contains(" snapshot "))
                .findFirst()
                .orElseThrow()
                .replaceFirst("^\\S+ \\S+ \\S+ \\S+ \\S+ \\S+ ", "");
    }

    /** The command of the crontab, in cron's environment. */
    private Program scheduled(int run) throws IOException {
        var program = Program.of("/bin/sh", "-c", "exec " + line)
                .in(place.path("home"))
                .with("HOME", place.path("home").toString())
                .with("LOGNAME", "root")
                .with("SHELL", "/bin/sh");
        for (var setting : Files.readAllLines(place.path("crontab"))) {
            if (setting.matches("[A-Z_]+=.*")) {
                int equals = setting.indexOf('=');
                program = program.with(
                        setting.substring(0, equals),
                        setting.substring(equals + 1).replace("\"", ""));
            }
        }
        return program.at(time(run));
    }

    private void spend(int run) throws IOException {
        edit(run);
        if (OFF.contains(run)) {
            return;
        }
        if (run == REBOOT) {
            reboot(run);
            return;
        }
        before(run);
        var ended = run == OVERLAP ? overlapped(run) : scheduled(run).run();
        runs.put(run, ended);
        after(run);
        if (ended.exitCode() == 0 && run != OVERLAP) {
            saved.add(run);
        }
        if (KEPT.contains(run)) {
            for (var folder : List.of("app", "etc")) {
                Workplace.tool(
                        "cp",
                        "-a",
                        place.path(folder).toString(),
                        place.path(folder + run).toString());
            }
        }
    }

    private void edit(int run) throws IOException {
        if (run % 4 == 1) {
            Files.writeString(place.path("etc/pbx.conf"), "peer" + run + "\n", StandardOpenOption.APPEND);
        }
        if (run % 7 == 3 && !EMPTIED.contains(run)) {
            place.file("app/lib/module" + run % 12 + ".js", "// version " + run + "\n" + random.nextLong());
        }
        if (run % 20 == 19) {
            place.file("app/new" + run + ".js", "export default " + random.nextLong());
        }
    }

    private void before(int run) throws IOException {
        if (run == WITHOUT_TOOL.getFirst()) {
            Files.move(place.path("tool"), place.path("tool-away"));
        } else if (run == WITHOUT_TOOL.getLast() + 1) {
            Files.move(place.path("tool-away"), place.path("tool"));
        } else if (run == EMPTIED.getFirst()) {
            Files.move(place.path("app"), place.path("app-away"));
            place.directory("app");
        } else if (run == EMPTIED.getLast() + 1) {
            Files.delete(place.path("app"));
            Files.move(place.path("app-away"), place.path("app"));
        } else if (run == FULL && Program.isRoot()) {
            byte[] noise = new byte[1 << 20];
            random.nextBytes(noise);
            Files.write(place.path("app/noise"), noise);
            HostTools.run(List.of("dd", "if=/dev/zero", "of=" + place.path("disk/filler"), "bs=1M"), Path.of("/"));
        }
    }

    private void after(int run) throws IOException {
        if (run == EMPTIED.getLast()) {
            var stale = ask(time(run).plus(5, ChronoUnit.MINUTES), "status", "--max-age", "20m")
                    .exits(14);
            assertThat(stale.stdout()).contains("exit code 1: the source " + place.path("app") + " holds 0 files");
        }
        if (run == FULL) {
            Files.deleteIfExists(place.path("disk/filler"));
        }
    }

    /** Another run holds the lock, and is then killed. */
    private Run overlapped(int run) throws IOException {
        Workplace.tool("mkfifo", place.path("input").toString());
        Running other = operator.at(time(run))
                .under("/bin/sh", "-c", "exec \"$@\" <" + place.path("input"), "sh")
                .start("snapshot", "--stdin", "--if-running", "fail", "-r", repository.toString());
        try (OutputStream feed = Files.newOutputStream(place.path("input"))) {
            feed.write('x');
            feed.flush();
            // The lock is taken before the session is begun.
            other.awaitWhileRunning("its session", () -> isHeld(other.pid()));
            var ended = scheduled(run).run();
            other.signal("KILL");
            other.await();
            return ended;
        }
    }

    private static boolean isHeld(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/locks")).stream()
                    .anyMatch(lock -> lock.contains(" POSIX ") && lock.contains(" " + pid + " "));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The machine goes down in the middle of a run. */
    private void reboot(int run) throws IOException {
        byte[] large = new byte[24 << 20];
        random.nextBytes(large);
        Files.write(place.path("app/large"), large);
        Running running = scheduled(run).start();
        running.awaitWhileRunning("a pack that is being written", this::writes);
        running.signal("KILL");
        assertThat(running.await().exitCode()).isNotZero();
        Files.delete(place.path("app/large"));
    }

    private boolean writes() {
        try (Stream<Path> files = Files.list(repository.resolve("tmp"))) {
            return files.anyMatch(file -> file.toFile().length() > 4 << 20);
        } catch (IOException _) {
            return false;
        }
    }

    private void assertRuns(boolean mounted) {
        runs.forEach((run, ended) -> {
            if (run == OVERLAP) {
                assertThat(ended.exits(0).stdout()).contains("another snapshot is running");
            } else if (EMPTIED.contains(run)) {
                ended.failsSaying(1, "holds 0 files, fewer than min-files = 3", "Nothing was saved");
            } else if (run == FULL && mounted) {
                ended.failsSaying(1, "no space left on device");
            } else {
                ended.succeedsSilently();
            }
        });
    }

    private void assertTold(boolean mounted) throws IOException {
        var evening = time(RUNS - 1).plus(5, ChronoUnit.MINUTES);
        var listed = ask(evening, "list", "--json", "--trigger", "scheduled")
                .exits(0)
                .json();
        var times = new ArrayList<Instant>();
        listed.forEach(snapshot -> times.add(
                OffsetDateTime.parse(snapshot.get("time").asText()).toInstant().truncatedTo(ChronoUnit.MINUTES)));
        assertThat(times).isEqualTo(saved.stream().map(OperatorsDayIT::time).toList());
        assertThat(saved).hasSize(RUNS - 1 - EMPTIED.size() - 1 - OFF.size() - (mounted ? 1 : 0));
        assertThat(ask(evening, "list", "--json").exits(0).json()).hasSize(saved.size());

        var absent =
                ask(evening, "show", "@" + time(21).plusSeconds(60)).exits(0).stdout();
        assertThat(absent).contains(place.path("tool") + ", an optional source, was not there", "trigger   scheduled");
        var unchanged =
                ask(evening, "show", "@" + time(8).plusSeconds(60)).exits(0).stdout();
        assertThat(unchanged).contains("0 new, 0 changed", "0 added, 0 modified, 0 removed");
        var edited =
                ask(evening, "show", "@" + time(9).plusSeconds(60)).exits(0).stdout();
        assertThat(edited).contains("M " + place.path("etc/pbx.conf"));

        var status = ask(evening, "status", "--max-age", "20m").exits(0).stdout();
        assertThat(status)
                .contains("snapshots " + saved.size(), "ago, scheduled")
                .containsPattern("newest +20310303-2345\\d\\d");
        assertThat(status).contains(mounted ? "last fail 2031-03-03T15:00:0" : "last fail 2031-03-03T10:30:0");
        assertThat(Files.readString(place.path("strandline.prom")))
                .containsPattern("strandline_last_run_exit_code\\{.*} 0\n")
                .contains("strandline_last_failure_timestamp_seconds");

        var doctor = ask(evening, "doctor", "--cron-file", place.path("crontab").toString());
        assertThat(doctor.stdout()).containsPattern("ok +repository").containsPattern("ok +schedule");
        Files.delete(place.path("crontab"));
        ask(evening, "doctor", "--cron-file", place.path("crontab").toString()).exits(1);

        ask(evening, "check", "--read-data").exits(0);
        for (int run : KEPT) {
            for (var folder : List.of("app", "etc")) {
                var target = place.path("restored-" + folder + run);
                ask(
                                evening,
                                "restore",
                                "@" + time(run).plusSeconds(60) + ":" + place.path(folder),
                                "--target",
                                target.toString())
                        .exits(0);
                TreeComparison.assertSame(place.filePath(folder + run), place.filePath("restored-" + folder + run));
            }
        }
    }
}
