package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runs leave for who looks after them: the metrics file, and the last error for {@code status}. */
final class MonitoringIT {
    @AutoClose
    private final Workplace place = Workplace.create();

    @BeforeEach
    void initialize() throws IOException {
        place.initialized();
        place.file("app/file", "content");
    }

    private Program configured(String more) throws IOException {
        return place.configured("host = \"web\\\"1\"\nmetrics-file = \"" + place.path("strandline.prom") + "\"\n" + more
                + "\n[[source]]\npath = \"" + place.path("app") + "\"\n");
    }

    private String metrics() throws IOException {
        return Files.readString(place.path("strandline.prom"));
    }

    @Test
    void metrics_afterARun_areOpenMetrics() throws IOException {
        configured("").run("snapshot").succeedsSilently();
        assertThat(metrics().lines().toList())
                .allMatch(line -> line.matches("# (TYPE strandline_[a-z_]+ gauge|HELP strandline_[a-z_]+ .*\\.|EOF)"
                        + "|strandline_[a-z_]+\\{host=\"web\\\\\"1\",repository=\"[^\"]+\"} [0-9.]+"))
                .endsWith("# EOF");
        assertThat(metrics())
                .contains("strandline_last_run_exit_code{", "strandline_snapshot_files{", "strandline_snapshot_bytes{")
                .contains("strandline_last_success_timestamp_seconds{")
                .doesNotContain("strandline_last_failure_timestamp_seconds{");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.path("strandline.prom"))))
                .isEqualTo("rw-r--r--");
        assertThat(place.path("").toFile().list()).noneMatch(name -> name.endsWith(".tmp"));
    }

    @Test
    void metrics_afterAFailure_keepTheLastSuccess() throws IOException {
        configured("").run("snapshot").succeedsSilently();
        configured("hooks.before = \"exit 1\"").run("snapshot").exits(1);
        assertThat(metrics())
                .containsPattern("strandline_last_run_exit_code\\{.*} 1\n")
                .contains("strandline_last_success_timestamp_seconds{", "strandline_last_failure_timestamp_seconds{")
                .doesNotContain("strandline_snapshot_files{");
    }

    @Test
    void metrics_runIntoAnotherRepository_stayThoseOfTheConfiguredOne() throws IOException {
        configured("").run("snapshot").succeedsSilently();
        var before = metrics();
        var other = place.path("other").toString();
        configured("").run("init", "-q", "-r", other).exits(0);
        configured("").run("snapshot", "-r", other).succeedsSilently();
        assertThat(metrics()).isEqualTo(before);
    }

    @Test
    void configurationIsBroken_nothingIsSavedWhateverTheCommandLineSays() throws IOException {
        configured("max-age = 3\n")
                .with("STRANDLINE_HOST", "web1")
                .run(
                        "snapshot",
                        "-r",
                        place.repository().toString(),
                        place.path("app").toString())
                .failsSaying(2, "strandline.toml:", "no setting 'max-age'");
        assertThat(place.snapshotCount()).isZero();
    }

    @Test
    void metrics_cannotBeWritten_isToldAndTheSnapshotStays() throws IOException {
        place.directory("strandline.prom");
        place.file("strandline.prom/x", "in the way");
        var run = configured("").run("snapshot").exits(3);
        assertThat(run.stderr()).contains("the metrics file can't be written");
        assertThat(place.snapshotCount()).isEqualTo(1);
    }

    @Test
    void status_lastRunFailed_saysWhenAndWhy() throws IOException {
        var program = configured("");
        program.run("snapshot").succeedsSilently();
        assertThat(program.run("status").exits(0).stdout()).doesNotContain("last run", "last fail");
        configured("hooks.before = \"exit 1\"")
                .run("snapshot", "--trigger", "scheduled")
                .exits(1);
        assertThat(program.run("status").exits(0).stdout())
                .contains("last run", "exit code 1: the hook 'before' failed: exit code 1");
        var json = program.run("status", "--json").exits(0).json();
        assertThat(json.get("last_run").get("exit_code").asInt()).isEqualTo(1);
        assertThat(json.get("last_run").get("trigger").asText()).isEqualTo("scheduled");
        configured("").run("snapshot").succeedsSilently();
        assertThat(program.run("status").exits(0).stdout())
                .contains("last fail")
                .doesNotContain("last run");
        assertThat(program.run("status", "--json")
                        .exits(0)
                        .json()
                        .get("last_run")
                        .get("exit_code")
                        .asInt())
                .isZero();
    }

    @Test
    void status_repositoryWasGone_isKnownAfterwards() throws IOException {
        var program = configured("");
        program.run("snapshot").succeedsSilently();
        Files.move(place.repository(), place.path("moved"));
        program.run("snapshot").exits(10);
        assertThat(metrics()).containsPattern("strandline_last_run_exit_code\\{.*} 10\n");
        Files.move(place.path("moved"), place.repository());
        assertThat(program.run("status").exits(0).stdout()).contains("exit code 10");
    }

    /** "Ran, nothing changed" differs from "did not run", and costs next to nothing. */
    @Test
    void heartbeat_nothingChanged_isRecordedInAFewHundredBytes() throws IOException {
        var program = configured("");
        program.run("snapshot").succeedsSilently();
        Workplace.tool("touch", "-d", "1 hour ago", place.path("app/file").toString());
        program.run("snapshot").succeedsSilently();
        var before = place.objects();
        program.run("snapshot", "--trigger", "scheduled").succeedsSilently();
        var added = new HashMap<>(place.objects());
        added.keySet().removeAll(before.keySet());
        assertThat(added).hasSize(1);
        assertThat(added.keySet().iterator().next()).startsWith("snapshots/");
        assertThat(added.values().iterator().next()).isLessThan(1024);
        assertThat(program.run("status").exits(0).stdout()).contains("nothing new or changed", "scheduled");
    }
}
