package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Running;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host on which all is well, and each thing that can break, broken. */
final class DoctorIT {
    @AutoClose
    private final Workplace place = Workplace.create();

    private Running cron;
    private Path cronFile;

    @BeforeEach
    void prepareAHostOnWhichAllIsWell() throws IOException {
        // Nothing looks at crontabs here; the name of the process is what counts.
        var program = place.path("crond");
        Files.copy(Path.of("/bin/sleep"), program, StandardCopyOption.COPY_ATTRIBUTES);
        cron = Program.of(program.toString()).start("600");
        place.initialized();
        place.file("source/file", "content");
        configure("");
        configured().run("snapshot", "--trigger", "scheduled").succeedsSilently();
        configured().run("schedule", "install", "--cron-file", "cronfile").exits(0);
        cronFile = place.path("cronfile");
    }

    @AfterEach
    void stopCron() {
        cron.signal("KILL");
        cron.await();
    }

    private void configure(String more) throws IOException {
        place.file("strandline.toml", """
                repository = "%s"
                key-file = "%s"

                [[source]]
                path = "%s"
                %s
                [[source]]
                path = "%s"
                optional = true
                """.formatted(
                        place.repository(), place.path("key"), place.path("source"), more, place.path("tool")));
    }

    private Program configured() {
        return place.bare()
                .with("STRANDLINE_CONFIG", place.path("strandline.toml").toString());
    }

    private List<JsonNode> findings(int exitCode, String state) {
        var document = configured()
                .run("doctor", "--json", "--cron-file", "cronfile")
                .exits(exitCode)
                .json();
        assertThat(document.get("healthy").asBoolean()).isEqualTo(exitCode == 0);
        var wrong = new ArrayList<JsonNode>();
        for (var check : document.get("checks")) {
            if (check.get("state").asText().equals(state)) {
                wrong.add(check);
            }
        }
        return wrong;
    }

    /** This alone is wrong, and both what it is and how to mend it are told. */
    private void fails(String check, String found, String fix) {
        assertThat(findings(1, "failure")).singleElement().satisfies(finding -> {
            assertThat(finding.get("name").asText()).isEqualTo(check);
            assertThat(finding.get("found").asText()).contains(found);
            assertThat(finding.get("fix").asText()).contains(fix);
        });
    }

    @Test
    void allWell_exits0() {
        var run = configured().run("doctor", "--cron-file", "cronfile").exits(0);
        assertThat(run.stderr()).isEmpty();
        assertThat(run.stdout())
                .contains(
                        "ok    configuration  " + place.path("strandline.toml"),
                        "ok    sources        1 of 2 there, the others are optional",
                        "ok    command        " + Program.distribution().resolve("bin/strandline"),
                        "ok    schedule       " + cronFile + ", every 15m",
                        "ok    scheduler      cron is running",
                        "ok    repository     " + place.repository() + ", 1 snapshot",
                        "ok    snapshots      the newest of ",
                        "ok    clock          it says 20",
                        "disk space",
                        "ok    cache          " + place.path("home/.cache/strandline"),
                        "ok    last run       ",
                        "ago, all was saved")
                .doesNotContain("FAIL");
        configured().run("doctor", "-q", "--cron-file", "cronfile").exits(0);
    }

    @Test
    void units_areLookedAtToo() throws IOException {
        configured().run("schedule", "install", "--unit-folder", "units").exits(0);
        var doctor = configured().and("doctor", "--unit-folder", "units");
        assertThat(doctor.run().exits(0).stdout()).contains("units/strandline.service, every 15m");
        Files.delete(place.path("units/strandline.timer"));
        assertThat(doctor.run().exits(1).stdout())
                .contains("FAIL  schedule       " + place.path("units/strandline.timer") + " is not there")
                .contains("\n      fix: Run 'strandline schedule install'.\n");
    }

    @Test
    void cronFileDeleted_isTold() throws IOException {
        Files.delete(cronFile);
        fails("schedule", cronFile + " is not there", "schedule install");
    }

    @Test
    void cronFileEdited_isToldWithTheLine() throws IOException {
        Files.writeString(cronFile, Files.readString(cronFile).replace("*/15", "#*/15"));
        fails("schedule", "line 7 is: #*/15", "schedule install");
    }

    @Test
    void cronFileOfOthers_isTold() throws IOException {
        Files.writeString(cronFile, "# mine\n");
        fails("schedule", "did not write", "Move it away");
    }

    @Test
    void cronFileThatOthersMayWrite_isTold() throws IOException {
        Files.setPosixFilePermissions(cronFile, PosixFilePermissions.fromString("rw-rw-r--"));
        fails("schedule", "ignored: others may write", "schedule remove");
    }

    @Test
    void intervalChangedAfterInstalling_isTold() throws IOException {
        Files.writeString(
                place.path("strandline.toml"),
                Files.readString(place.path("strandline.toml")) + "\n[schedule]\nevery = \"1h\"\n");
        fails("schedule", "line 7", "schedule install");
        configured()
                .run("schedule", "install", "--cron-file", "cronfile", "--every", "15m")
                .exits(0);
        assertThat(configured()
                        .run("doctor", "--cron-file", "cronfile")
                        .exits(0)
                        .stdout())
                .contains("every 15m as was said at its installation; configured are 1h");
    }

    @Test
    void launcherThatIsGone_isTold() throws IOException {
        var launcher = Program.distribution().resolve("bin/strandline").toString();
        Files.writeString(cronFile, Files.readString(cronFile).replace(launcher, "/opt/old/bin/strandline"));
        assertThat(findings(1, "failure"))
                .extracting(finding -> finding.get("name").asText())
                .containsExactly("command", "schedule");
        assertThat(findings(1, "failure").getFirst().get("found").asText())
                .contains("starts /opt/old/bin/strandline, which can't be run");
    }

    @Test
    void configurationWrong_isToldWithFileAndLine() throws IOException {
        place.file("strandline.toml", "hots = 1\nrepository = 2\n");
        assertThat(findings(1, "failure"))
                .extracting(finding -> finding.get("found").asText())
                .containsExactly(
                        place.path("strandline.toml") + ":1: there is no setting 'hots'",
                        place.path("strandline.toml") + ":2: 'repository' is a number");
        assertThat(findings(1, "warning"))
                .extracting(finding -> finding.get("found").asText())
                .allMatch(found -> found.contains("there is no configuration that can be used"));
    }

    @Test
    void configurationMissing_isTold() throws IOException {
        Files.delete(place.path("strandline.toml"));
        fails("configuration", "no such file", "STRANDLINE_CONFIG");
    }

    @Test
    void sourceMissing_isTold() throws IOException {
        Files.move(place.path("source"), place.path("away"));
        fails("sources", place.path("source") + ": ", "optional = true");
    }

    @Test
    void mountMissing_isTold() throws IOException {
        configure("require-mount = \"" + place.path("source") + "\"");
        fails("sources", "nothing is mounted at " + place.path("source"), "Mount it");
        configure("require-mount = \"/proc\"");
        assertThat(findings(0, "failure")).isEmpty();
    }

    @Test
    void keyFileMissing_isTold() throws IOException {
        Files.delete(place.path("key"));
        fails("repository", place.path("key") + " does not exist", "Check the path");
    }

    /** A key that only the user's environment has opens nothing at night. */
    @Test
    void keyThatTheConfigurationDoesNotName_isNotEnough() throws IOException {
        var file = place.path("strandline.toml");
        Files.writeString(file, Files.readString(file).replace("key-file", "#key-file"));
        var run = configured()
                .with("STRANDLINE_KEY_FILE", place.path("key").toString())
                .run("doctor", "--cron-file", "cronfile")
                .exits(1);
        assertThat(run.stdout()).contains("FAIL  repository ");
    }

    @Test
    void repositoryMissing_isTold() throws IOException {
        Files.move(place.repository(), place.path("elsewhere"));
        assertThat(findings(1, "failure"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.get("found").asText()).contains(place.repository() + ""));
    }

    @Test
    void snapshotStale_isTold() throws IOException {
        Files.move(place.repository(), place.path("elsewhere"));
        place.initialized();
        configured().run("snapshot", "--time", "36m").succeedsSilently();
        fails("snapshots", "old, more than 35 min", "Run 'strandline snapshot'");
        configured().run("snapshot", "--time", "30m").succeedsSilently();
        assertThat(findings(0, "failure")).isEmpty();
    }

    @Test
    void snapshotFromTheFuture_isTold() {
        configured().run("snapshot", "--time", "2199-01-01").succeedsSilently();
        fails("clock", "from the future", "Set the clock");
    }

    @Test
    void noSnapshotOfThisHost_isTold() throws IOException {
        assertThat(configured()
                        .with("STRANDLINE_HOST", "other")
                        .run("doctor", "--cron-file", "cronfile")
                        .exits(1)
                        .stdout())
                .contains("FAIL  snapshots      there is none of other");
    }

    @Test
    void cacheThatCanNotBeWritten_isTold() {
        assertThat(configured()
                        .with("STRANDLINE_CACHE_DIR", "/dev/null/cache")
                        .run("doctor", "--cron-file", "cronfile")
                        .exits(1)
                        .stdout())
                .contains("FAIL  cache          /dev/null/cache can't be written");
    }

    @Test
    void configurationThatOthersCanWrite_isAWarning() {
        Workplace.tool("chmod", "666", place.path("strandline.toml").toString());
        assertThat(findings(0, "warning")).singleElement().satisfies(finding -> {
            assertThat(finding.get("name").asText()).isEqualTo("configuration");
            assertThat(finding.get("fix").asText()).contains("chmod go-w");
        });
    }

    @Test
    void lastRunFailed_isToldUntilOneSucceeds() throws IOException {
        configure("hooks.before = \"exit 1\"");
        configured().run("snapshot").exits(1);
        configure("");
        fails("last run", "exit code 1: nothing could be captured", "run 'strandline snapshot'");
        configured().run("snapshot").exits(0);
        assertThat(configured()
                        .run("doctor", "--cron-file", "cronfile")
                        .exits(0)
                        .stdout())
                .contains("all was saved; the last error: ", "exit code 1: nothing could be captured");
    }

    @Test
    void scheduledIsForbidden_anInstalledScheduleIsAWarning() throws IOException {
        var file = place.path("strandline.toml");
        Files.writeString(file, Files.readString(file) + "\n[policy]\nscheduled = false\n");
        assertThat(findings(0, "warning")).anySatisfy(finding -> {
            assertThat(finding.get("found").asText()).contains("only manual snapshots on this host", "is there");
            assertThat(finding.get("fix").asText()).contains("schedule remove");
        });
        configured().run("schedule", "remove", "--cron-file", "cronfile").exits(0);
        assertThat(configured()
                        .run("doctor", "--cron-file", "cronfile")
                        .exits(0)
                        .stdout())
                .contains("ok    schedule       only manual snapshots on this host");
    }
}
