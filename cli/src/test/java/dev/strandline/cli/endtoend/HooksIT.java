package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands around runs and sources: when they run, what they are told, and what their failing does. */
final class HooksIT {
    @AutoClose
    private final Workplace place = Workplace.create();

    @BeforeEach
    void initialize() throws IOException {
        place.initialized();
        place.file("app/file", "content");
        place.file("etc/file", "content");
    }

    /** A hook that writes down that it ran. */
    private String noting(String text) {
        return "\"echo " + text + " >> " + place.path("notes") + "\"";
    }

    private List<String> notes() throws IOException {
        return Files.exists(place.path("notes")) ? Files.readAllLines(place.path("notes")) : List.of();
    }

    private Program configured(String app, String etc, String run) throws IOException {
        return place.configured("""
                [[source]]
                path = "%s"
                %s
                [[source]]
                path = "%s"
                %s
                [hooks]
                %s
                """.formatted(place.path("app"), app, place.path("etc"), etc, run));
    }

    private Program notingAll() throws IOException {
        return configured(
                "hooks.before = " + noting("before app") + "\nhooks.after = " + noting("after app")
                        + "\nhooks.on-failure = " + noting("failed app"),
                "hooks.before = " + noting("before etc") + "\nhooks.after = " + noting("after etc"),
                "before = " + noting("before") + "\nafter = " + noting("after") + "\non-failure = " + noting("failed"));
    }

    @Test
    void hooks_allIsWell_runInTheirOrder() throws IOException {
        notingAll().run("snapshot").succeedsSilently();
        assertThat(notes()).containsExactly("before", "before app", "before etc", "after etc", "after app", "after");
    }

    @Test
    void hooks_namedPathsOrDryRun_runNone() throws IOException {
        notingAll().run("snapshot", place.path("app").toString()).succeedsSilently();
        notingAll().run("snapshot", "--dry-run").exits(0);
        assertThat(notes()).isEmpty();
    }

    @Test
    void before_fails_savesNothing() throws IOException {
        configured(
                        "",
                        "",
                        "before = \"echo it is late; exit 7\"\nafter = " + noting("after") + "\non-failure = "
                                + noting("failed \\\"$STRANDLINE_RUN_EXIT_CODE $STRANDLINE_RUN_ERROR\\\""))
                .run("snapshot")
                .failsSaying(1, "the hook 'before' failed: exit code 7: it is late", "Nothing was saved");
        assertThat(place.snapshotCount()).isZero();
        assertThat(notes()).containsExactly("failed 1 the hook 'before' failed: exit code 7: it is late");
    }

    @Test
    void beforeOfASource_fails_leavesThatSourceOutAndSaysSo() throws IOException {
        var run = configured(
                        "hooks.before = \"exit 1\"\nhooks.after = " + noting("after app") + "\nhooks.on-failure = "
                                + noting("failed $STRANDLINE_RUN_SOURCE"),
                        "hooks.after = " + noting("after etc"),
                        "after = " + noting("after") + "\non-failure = " + noting("failed"))
                .run("snapshot")
                .exits(3);
        assertThat(run.stderr()).contains("not saved: " + place.path("app") + ": its hook 'before' failed");
        assertThat(notes()).containsExactly("after etc", "failed " + place.path("app"), "after", "failed");
        var shown = place.strandline().run("show", "latest").exits(0).stdout();
        assertThat(shown).contains("path      " + place.path("etc"), place.path("app") + ": its hook 'before' failed");
    }

    @Test
    void beforeOfEachSource_fails_savesNothing() throws IOException {
        configured("hooks.before = \"exit 1\"", "hooks.before = \"exit 1\"", "")
                .run("snapshot")
                .failsSaying(1, "nothing could be captured");
        assertThat(place.snapshotCount()).isZero();
    }

    @Test
    void after_fails_isToldAndTheSnapshotStays() throws IOException {
        var run = configured("", "", "after = \"echo no route; false\"")
                .run("snapshot")
                .exits(3);
        assertThat(run.stderr()).contains("the hook 'after' failed: exit code 1: no route");
        assertThat(place.snapshotCount()).isEqualTo(1);
    }

    @Test
    void onFailure_failsItself_isToldAndChangesNothing() throws IOException {
        configured("", "", "before = \"exit 1\"\non-failure = \"exit 9\"")
                .run("snapshot")
                .failsSaying(1, "the hook 'before' failed", "the hook 'on-failure' failed: exit code 9");
    }

    @Test
    void hook_takesTooLong_isEndedWithWhatItStarted() throws IOException {
        configured("", "", "before = \"sleep 1000 & echo $! > " + place.path("pid") + "; wait\"\ntimeout = \"1s\"")
                .run("snapshot")
                .failsSaying(1, "the hook 'before' failed: it did not end within 1 s");
        String pid = Files.readString(place.path("pid")).strip();
        // Of a dead process that nobody has waited for, the command line is empty.
        var commandLine = Path.of("/proc", pid, "cmdline");
        assertThat(Files.exists(commandLine) ? Files.readString(commandLine) : "")
                .isEmpty();
    }

    @Test
    void hook_isToldTheFactsAndNoSecrets() throws IOException {
        configured("", "", "after = \"env > " + place.path("environment") + "\"")
                .with("STRANDLINE_PASSWORD", "hush")
                .run(
                        "snapshot",
                        "--key-file",
                        place.path("key").toString(),
                        "-m",
                        "a message",
                        "--host",
                        "web1",
                        "--trigger",
                        "scheduled")
                .succeedsSilently();
        var id =
                place.strandline().run("list", "--json").json().get(0).get("id").asText();
        assertThat(Files.readAllLines(place.path("environment")))
                .contains(
                        "STRANDLINE_RUN_HOOK=after",
                        "STRANDLINE_RUN_TRIGGER=scheduled",
                        "STRANDLINE_RUN_HOST=web1",
                        "STRANDLINE_RUN_MESSAGE=a message",
                        "STRANDLINE_RUN_REPOSITORY=" + place.repository(),
                        "STRANDLINE_RUN_EXIT_CODE=0",
                        "STRANDLINE_RUN_SNAPSHOT_ID=" + id,
                        "STRANDLINE_RUN_FILES=2",
                        "STRANDLINE_RUN_FILES_NEW=2",
                        "STRANDLINE_RUN_BYTES=14",
                        "STRANDLINE_RUN_UNREADABLE=0",
                        "HOME=" + place.path("home"))
                .noneMatch(line -> line.startsWith("STRANDLINE_PASSWORD") || line.startsWith("LC_ALL"));
    }

    @Test
    void hooks_muchToRead_runOnce() throws IOException {
        Files.write(place.path("app/large"), new byte[64 << 20]);
        notingAll().run("snapshot").succeedsSilently();
        assertThat(notes()).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void before_runIsTerminated_endsWithAllItStarted() throws IOException {
        var running = configured(
                        "",
                        "",
                        "before = \"sleep 100000 & echo $! > " + place.path("child") + "; touch " + place.path("begun")
                                + "; wait\"")
                .start("snapshot");
        running.awaitWhileRunning("the hook", () -> Files.exists(place.path("begun")));
        running.signal("TERM");
        running.await().failsSaying(143, "interrupted; no snapshot was saved");
        var child = Path.of("/proc", Files.readString(place.path("child")).strip(), "cmdline");
        // Until somebody asks how it ended, a process is listed without its command line.
        assertThat(Files.exists(child) ? Files.readString(child) : "").isEmpty();
        assertThat(place.snapshotCount()).isZero();
    }

    @Test
    void afterOfASource_runIsInterrupted_runsAllTheSame() throws IOException {
        var running = configured(
                        "hooks.before = \"touch " + place.path("begun") + "; sleep 2\"\nhooks.after = "
                                + noting("after app"),
                        "",
                        "on-failure = " + noting("failed"))
                .start("snapshot");
        running.awaitWhileRunning("the hook", () -> Files.exists(place.path("begun")));
        running.signal("TERM");
        var run = running.await();
        assertThat(run.exitCode()).isIn(130, 143);
        assertThat(notes()).containsExactly("after app", "failed");
        assertThat(place.snapshotCount()).isZero();
    }
}
