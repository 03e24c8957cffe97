package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.cli.testkit.CheckpointSeries;
import dev.strandline.cli.testkit.InProcess;
import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.testkit.TreeComparison;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders that rsync scripts left become snapshots. */
final class ImportIT {
    private static final long SEED = 41;
    private static final int COUNT = 100;

    /** Holds the checkpoints, which no test changes. */
    @AutoClose
    private static final Workplace sources = Workplace.create();

    private static String backups = "";

    @AutoClose
    private final Workplace place = Workplace.create();

    private Program strandline = Program.strandline();

    @BeforeAll
    static void makeCheckpoints() throws IOException {
        CheckpointSeries.make(sources, "backups", COUNT, SEED);
        backups = sources.path("backups").toString();
    }

    @BeforeEach
    void initialize() {
        strandline = place.initialized().with("TZ", "UTC");
    }

    private JsonNode importJson(String... arguments) {
        return strandline.and("import", "--json").run(arguments).exits(0).json();
    }

    private List<JsonNode> snapshots() {
        var snapshots = new ArrayList<JsonNode>();
        strandline.run("list", "--json").exits(0).json().forEach(snapshots::add);
        return snapshots;
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static int count(JsonNode summary, String outcome) {
        return summary.get("checkpoints_" + outcome).asInt();
    }

    @Test
    void import_hundredCheckpoints_bringsEachBackBitExact() throws IOException {
        var summary = importJson(backups);
        assertThat(count(summary, "imported")).isEqualTo(COUNT);
        var snapshots = snapshots();
        assertThat(snapshots).hasSize(COUNT);
        var inProcess = new InProcess(place, PosixFileSystem.open(), new Random(SEED));
        for (int i = 0; i < COUNT; i++) {
            var id = snapshots.get(i).get("id").asText();
            var target = place.path("restored");
            inProcess
                    .run("restore", id + ":" + backups, "--target", target.toString())
                    .exits(0);
            // Alone: only there a file has no more names than the checkpoint gives it.
            var checkpoint = sources.path("backups/checkpoint-" + CheckpointSeries.name(i));
            Workplace.tool(
                    "cp", "-a", checkpoint.toString(), place.path("alone").toString());
            TreeComparison.assertSame(place.filePath("alone"), place.filePath("restored"));
            Workplace.tool("rm", "-r", target.toString(), place.path("alone").toString());
        }
    }

    @Test
    void import_checkpoints_keepTimesAndDescriptions() {
        importJson(backups, "--host", "web1", "--tag", "old,rsync");
        var snapshots = snapshots();
        assertThat(snapshots).hasSize(COUNT);
        for (int i = 0; i < COUNT; i++) {
            var snapshot = snapshots.get(i);
            assertThat(snapshot.get("name").asText()).isEqualTo(CheckpointSeries.name(i));
            assertThat(snapshot.get("message").asText()).isEqualTo(CheckpointSeries.message(i));
            assertThat(snapshot.get("trigger").asText()).isEqualTo(i % 10 == 0 ? "manual" : "scheduled");
            assertThat(snapshot.get("hostname").asText()).isEqualTo("web1");
            assertThat(texts(snapshot.get("tags"))).containsExactly("imported", "old", "rsync");
            assertThat(texts(snapshot.get("paths"))).containsExactly(backups);
            if (i > 0) {
                assertThat(snapshot.get("parent"))
                        .isEqualTo(snapshots.get(i - 1).get("id"));
                // Few edits between two checkpoints, so most is as it was.
                assertThat(snapshot.get("summary").get("files_unmodified").asInt())
                        .isGreaterThan(20);
            }
        }
    }

    @Test
    void import_sharedFiles_countOnceBefore() {
        var summary = importJson(backups);
        var listed = Workplace.tool("find", backups, "-type", "f", "-printf", "%i %b\\n");
        long expected = new String(listed.stdout(), StandardCharsets.US_ASCII)
                .lines()
                .distinct()
                .mapToLong(line -> Long.parseLong(line.split(" ", -1)[1]) * 512)
                .sum();
        assertThat(summary.get("bytes_before").asLong()).isEqualTo(expected);
        var objects = place.objects();
        objects.keySet().removeIf(name -> name.startsWith("config") || name.startsWith("keys"));
        long stored = objects.values().stream().mapToLong(Long::longValue).sum();
        assertThat(summary.get("bytes_after").asLong()).isBetween(stored / 2, stored);
    }

    @Test
    void import_again_addsNothing() {
        strandline.run("import", backups).succeedsSilently();
        var objects = place.objects();
        var summary = importJson(
                backups,
                sources.path("backups/checkpoint-" + CheckpointSeries.name(3)).toString());
        assertThat(count(summary, "imported")).isZero();
        assertThat(count(summary, "present")).isEqualTo(COUNT);
        assertThat(summary.get("bytes_after").asLong()).isZero();
        strandline.run("import", backups).succeedsSilently();
        assertThat(place.objects()).isEqualTo(objects);
    }

    @ParameterizedTest
    @CsvSource({"KILL, 137", "INT, 130"})
    void import_stoppedBySignal_isCompletedByTheNextRun(String signal, int code) {
        var running = strandline.start("import", "--json", backups);
        running.awaitWhileRunning(
                "a snapshot", () -> !place.objects("snapshots").isEmpty());
        running.signal(signal);
        var run = running.await().exits(code);
        if (signal.equals("INT")) {
            assertThat(run.json().get("interrupted").asBoolean()).isTrue();
            assertThat(run.jsonErrors().getFirst().get("guidance").asText()).contains("again");
        }
        int saved = place.snapshotCount();
        assertThat(saved).isBetween(1, COUNT - 1);
        var summary = importJson(backups);
        assertThat(count(summary, "present")).isEqualTo(saved);
        assertThat(count(summary, "imported")).isEqualTo(COUNT - saved);
        assertThat(snapshots())
                .extracting(snapshot -> snapshot.get("name").asText())
                .doesNotHaveDuplicates()
                .hasSize(COUNT);
        strandline.run("check", "--read-data").succeedsSilently();
    }

    @Test
    void import_dryRun_writesNothing() {
        var one = sources.path("backups/checkpoint-" + CheckpointSeries.name(1)).toString();
        strandline.run("import", one).succeedsSilently();
        var objects = place.objects();
        var run = strandline.run("import", "--dry-run", backups).exits(0);
        assertThat(run.stderr()).isEmpty();
        assertThat(run.stdout().lines())
                .hasSize(COUNT)
                .startsWith(
                        "import   2025-11-16 15:19:44  " + backups + "/checkpoint-20251116-151944  before upgrade 0",
                        "present  2025-11-16 15:34:44  " + one + "  [CRON-15MIN] automatic 1");
        assertThat(place.objects()).isEqualTo(objects);
        var lines = strandline.run("import", "-n", "--json", backups).exits(0).jsonLines();
        assertThat(lines).hasSize(COUNT + 1);
        assertThat(lines.get(1).get("action").asText()).isEqualTo("present");
        assertThat(lines.getFirst().get("time").asText()).isEqualTo("2025-11-16T15:19:44Z");
        assertThat(count(lines.getLast(), "imported")).isEqualTo(COUNT - 1);
        assertThat(lines.getLast().get("dry_run").asBoolean()).isTrue();
    }

    @Test
    void import_verbose_tellsEachAndTheBytesBeforeAndAfter() throws IOException {
        place.file("old/backup-20240102-030405/f", "content");
        place.file("old/notes", "");
        var old = place.path("old").toString();
        var run = strandline.run("import", "-v", old).exits(0);
        assertThat(run.stdout())
                .contains(
                        "imported 2024-01-02 03:04:05  " + old + "/backup-20240102-030405\n",
                        "imported 1 checkpoint; the folders take 4.0 KiB, the repository grew by ");
        assertThat(run.stderr()).contains("passed over, no checkpoint: " + old + "/notes");
    }

    @Test
    void import_ofOtherPath_followsTheSnapshotsOfThatPath() throws IOException {
        place.file("old/backup-20240102-030405/f", "content");
        place.file("older/backup-20230102-030405/f", "content");
        strandline
                .run(
                        "import",
                        "--as",
                        "/opt/../opt/app/",
                        place.path("old").toString(),
                        place.path("older").toString())
                .succeedsSilently();
        assertThat(snapshots())
                .extracting(
                        snapshot -> snapshot.get("name").asText(),
                        snapshot -> texts(snapshot.get("paths")),
                        snapshot -> snapshot.get("summary").get("files_new").asInt())
                .containsExactly(
                        tuple("20230102-030405", List.of("/opt/app"), 1),
                        tuple("20240102-030405", List.of("/opt/app"), 0));
        strandline
                .run(
                        "restore",
                        "latest:/opt/app",
                        "--target",
                        place.path("restored").toString())
                .succeedsSilently();
        TreeComparison.assertSame(place.filePath("old/backup-20240102-030405"), place.filePath("restored"));
    }

    @Test
    void import_ofTheRootDirectory_bringsItBack() throws IOException {
        place.file("old/backup-20240102-030405/etc/hosts", "content");
        strandline.run("import", "--as", "/", place.path("old").toString()).succeedsSilently();
        assertThat(strandline.run("dump", "latest:/etc/hosts").exits(0).stdout())
                .isEqualTo("content");
        strandline
                .run("restore", "latest:/", "--target", place.path("restored").toString())
                .succeedsSilently();
        TreeComparison.assertSame(place.filePath("old/backup-20240102-030405"), place.filePath("restored"));
    }

    @Test
    void import_timesInNamesAndNotes_areLocal() throws IOException {
        place.file("old/backup-20240102-030405/f", "a");
        place.file("old/other/CHECKPOINT_INFO.txt", "Date: 2024-07-02 03:04:05\r\nDescription: summer\r\n");
        strandline
                .with("TZ", "Europe/Berlin")
                .run("import", place.path("old").toString())
                .succeedsSilently();
        assertThat(snapshots())
                .extracting(
                        snapshot -> snapshot.get("time").asText(),
                        snapshot -> snapshot.get("message").asText())
                .containsExactly(tuple("2024-01-02T03:04:05+01:00", ""), tuple("2024-07-02T03:04:05+02:00", "summer"));
    }

    @Test
    void import_sameSecondTwice_keepsBothAndKnowsThemAgain() throws IOException {
        place.file("old/a-20240102-030405/f", "a");
        place.file("old/b-20240102-030405/f", "b");
        var old = place.path("old").toString();
        strandline.run("import", old).succeedsSilently();
        assertThat(snapshots())
                .extracting(snapshot -> snapshot.get("name").asText())
                .containsExactly("20240102-030405", "20240102-030406");
        assertThat(count(importJson(old), "present")).isEqualTo(2);
    }

    @Test
    void import_folderWithoutATime_isOfItsModificationTimeWithAWarning() throws IOException {
        place.file("plain/sub/f", "x");
        Files.setLastModifiedTime(place.path("plain"), FileTime.from(Instant.parse("2020-01-02T03:04:05Z")));
        var run = strandline.run("import", place.path("plain").toString()).exits(0);
        assertThat(run.stderr()).contains(place.path("plain") + ": neither its name", "2020-01-02 03:04:05");
        assertThat(snapshots())
                .extracting(snapshot -> snapshot.get("name").asText())
                .containsExactly("20200102-030405");
        strandline.run("import", place.path("plain").toString()).succeedsSilently();
    }

    @Test
    void import_repositoryAmongTheCheckpoints_isNotImported() {
        strandline.run("import", "-n", place.path("").toString()).exits(0);
        strandline
                .run("import", "--as", "/x", place.repository().toString())
                .failsSaying(1, "not imported: " + place.repository(), "1 could not be imported");
        assertThat(place.snapshotCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "missing, no such file, Check the spelling",
        "file, not a directory, Name a folder of checkpoints",
        "empty, it is empty, Name a folder of checkpoints"
    })
    void import_folderThatIsNone_isNamedAndTheOthersAreImported(String name, String reason, String guidance)
            throws IOException {
        place.file("file", "");
        place.directory("empty");
        place.file("old/backup-20240102-030405/f", "content");
        var bad = place.path(name).toString();
        strandline.run("import", bad).failsSaying(1, "not imported: " + bad, reason, guidance);
        strandline
                .run("import", bad, place.path("old").toString())
                .failsSaying(3, "not imported: " + bad, reason, "1 could not be imported");
        assertThat(place.snapshotCount()).isEqualTo(1);
        var errors = strandline.run("import", "--json", bad).exits(1).jsonErrors();
        assertThat(errors.getFirst().get("item").asText()).isEqualTo(bad);
        assertThat(errors.getFirst().get("guidance").asText()).startsWith(guidance);
    }

    @Test
    void import_whatOthersMayNotRead_isNamedAndTheRestIsImported() throws IOException {
        try (var theirs = Workplace.ofOrdinaryUser()) {
            var locked = PosixFilePermissions.fromString("---------");
            Files.setPosixFilePermissions(theirs.file("old/a-20240102-030405/secret", "x"), locked);
            theirs.file("old/a-20240102-030405/f", "x");
            theirs.file("old/b-20240102-030406/f", "x");
            theirs.file("old/c-20240102-030407/f", "x");
            theirs.directory("old/d");
            theirs.handOver();
            Files.setPosixFilePermissions(theirs.path("old/b-20240102-030406"), locked);
            Files.setPosixFilePermissions(theirs.path("old/d"), locked);
            var program = theirs.initialized();
            var run = program.run("import", theirs.path("old").toString());
            run.failsSaying(
                    3,
                    "not saved: " + theirs.path("old/a-20240102-030405/secret"),
                    "not saved: " + theirs.path("old/b-20240102-030406"),
                    theirs.path("old/d") + ": permission denied",
                    "of 1 checkpoint not all could be read",
                    "2 could not be imported");
            assertThat(theirs.snapshotCount()).isEqualTo(2);
            program.run("import", theirs.path("old/b-20240102-030406").toString())
                    .failsSaying(1, "permission denied", "such as root");
        }
    }

    @Test
    void import_wrongUsage_isRefused() {
        strandline.run("import").failsSaying(2, "give at least one DIR");
        strandline.run("import", "--as", "opt/app", backups).failsSaying(2, "--as takes an absolute path", "'opt/app'");
        place.bare().run("import", backups).failsSaying(2, "no repository was named");
        place.bare()
                .run("import", "-r", place.path("nowhere").toString(), backups)
                .exits(10);
        assertThat(place.snapshotCount()).isZero();
    }
}
