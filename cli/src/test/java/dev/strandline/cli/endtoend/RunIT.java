package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program that is started with a snapshot before it. */
final class RunIT {
    @AutoClose
    private final Workplace place = Workplace.create();

    private Program strandline = Program.of("false");

    @BeforeEach
    void configure() throws IOException {
        place.initialized();
        place.file("source/file", "content");
        strandline = configuredBy(place.file(
                "strandline.toml",
                "repository = \"%s\"\nkey-file = \"%s\"\n[[source]]\npath = \"%s\"\n"
                        .formatted(place.repository(), place.path("key"), place.path("source"))));
    }

    private Program configuredBy(Path file) {
        return place.bare().with("STRANDLINE_CONFIG", file.toString());
    }

    @Test
    void run_program_isRunAfterTheSnapshotInTheSameProcess() {
        var running =
                strandline.start("run", "-m", "before the server", "--", "sh", "-c", "echo $$ $1; exit 7", "x", "-y");
        long pid = running.pid();
        var run = running.await().exits(7);
        assertThat(run.stdout()).isEqualTo(pid + " -y\n");
        var snapshot = place.strandline()
                .run("list", "--json", "--trigger", "run")
                .exits(0)
                .json();
        assertThat(snapshot).hasSize(1);
        assertThat(snapshot.get(0).get("message").asText()).isEqualTo("before the server");
    }

    @Test
    void run_program_getsTheCallersEnvironment() {
        var run = strandline
                .with("LC_ALL", "de_DE.UTF-8")
                .with("JAVA_TOOL_OPTIONS", "-Dx=\"y z\" $HOME")
                .run("run", "--", "env")
                .exits(0);
        assertThat(run.stdout().lines())
                .contains("LC_ALL=de_DE.UTF-8", "JAVA_TOOL_OPTIONS=-Dx=\"y z\" $HOME")
                .noneMatch(line -> line.startsWith("STRANDLINE_C") && !line.startsWith("STRANDLINE_CONFIG"));
        assertThat(strandline.run("run", "--", "env").exits(0).stdout().lines())
                .noneMatch(line -> line.startsWith("LC_ALL=") || line.startsWith("ROCKSDB_"));
    }

    @Test
    void run_noSnapshot_doesNotRunTheProgramUnlessToldTo() throws IOException {
        var broken = configuredBy(
                place.file("broken.toml", "repository = \"/nowhere\"\n[[source]]\npath = \"/etc/hostname\"\n"));
        var aborted = broken.run("run", "--", "echo", "started").exits(10);
        assertThat(aborted.stdout()).isEmpty();
        var continued = broken.run("run", "--on-failure", "continue", "--", "echo", "started")
                .exits(0);
        assertThat(continued.stdout()).isEqualTo("started\n");
        assertThat(continued.stderr()).contains("no snapshot was taken", "/nowhere");
    }

    @Test
    void run_programThatCantBeRun_isToldAsByAShell() throws IOException {
        strandline.run("run", "--", "no-such-program").failsSaying(127, "no-such-program: not found");
        place.file("text", "no program");
        strandline.run("run", "--", place.path("text").toString()).failsSaying(126, "permission denied");
    }

    @Test
    void run_wrongUsage_isRefusedBeforeAnythingIsDone() {
        strandline.run("run").failsSaying(2, "run takes a program");
        strandline.run("run", "--on-failure", "hope", "--", "true").failsSaying(2, "abort or continue, not 'hope'");
        assertThat(place.snapshotCount()).isZero();
    }
}
