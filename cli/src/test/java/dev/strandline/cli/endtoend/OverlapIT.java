package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Running;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A snapshot is started while another one runs. */
final class OverlapIT {
    private static final Path LOCKS = Path.of("/proc/locks");

    @AutoClose
    private final Workplace place = Workplace.create();

    private String source = "";
    private Path input = Path.of("/");

    @BeforeEach
    void initialize() throws IOException {
        place.initialized();
        source = place.file("source/file", "content").getParent().toString();
        input = place.path("input");
        Workplace.tool("mkfifo", input.toString());
    }

    /** A run that goes on until its input ends. */
    private Running start() {
        return place.strandline()
                .under("/bin/sh", "-c", "exec \"$@\" <" + input, "sh")
                .start("snapshot", "--stdin", "--if-running", "fail");
    }

    private OutputStream feed(Running running) throws IOException {
        var out = Files.newOutputStream(input);
        out.write("some content".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        running.awaitWhileRunning("the lock", () -> isLocked(" " + running.pid() + " "));
        return out;
    }

    /** Whether the kernel lists a lock on the file that stands for a run, in a line with these words. */
    private boolean isLocked(String words) {
        try (var files = Files.walk(place.path("home"))) {
            var file = files.filter(path -> path.endsWith("running")).findFirst();
            if (file.isEmpty()) {
                return false;
            }
            var inode = ":" + Files.getAttribute(file.get(), "unix:ino") + " ";
            return Files.readAllLines(LOCKS).stream().anyMatch(line -> line.contains(inode) && line.contains(words));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void ifRunning_anotherRuns_skipsOrFailsOrWaits() throws IOException {
        var running = start();
        Running waiting;
        try (var _ = feed(running)) {
            var skipped = place.strandline()
                    .run("snapshot", "--if-running", "skip", source)
                    .exits(0);
            assertThat(skipped.stdout()).isEqualTo("another snapshot is running, so this one was skipped\n");
            assertThat(skipped.stderr()).isEmpty();
            place.strandline()
                    .run("snapshot", "--if-running", "fail", source)
                    .failsSaying(11, "another snapshot into this repository is running", "Run again");
            assertThat(place.snapshotCount()).isZero();
            waiting = place.strandline().start("snapshot", "--if-running", "wait", source);
            waiting.awaitWhileRunning("a run that waits", () -> isLocked("-> POSIX"));
            assertThat(place.snapshotCount()).isZero();
        }
        running.await().succeedsSilently();
        waiting.await().succeedsSilently();
        assertThat(place.snapshotCount()).isEqualTo(2);
    }

    @Test
    void ifRunning_notGiven_bothRun() throws IOException {
        var running = start();
        try (var _ = feed(running)) {
            place.strandline().run("snapshot", source).succeedsSilently();
        }
        running.await().succeedsSilently();
        assertThat(place.snapshotCount()).isEqualTo(2);
    }

    @Test
    void ifRunning_theOtherWasKilled_leavesNothingInTheWay() throws IOException {
        var running = start();
        try (var _ = feed(running)) {
            running.signal("KILL");
            running.await().exits(137);
        }
        place.strandline().run("snapshot", "--if-running", "fail", source).succeedsSilently();
        assertThat(place.snapshotCount()).isEqualTo(1);
    }

    @Test
    void ifRunning_nobodyRuns_takesTheSnapshot() {
        for (var action : new String[] {"skip", "wait", "fail"}) {
            place.strandline().run("snapshot", "--if-running", action, source).succeedsSilently();
        }
        assertThat(place.snapshotCount()).isEqualTo(3);
    }

    @Test
    void ifRunning_unknownAction_isRefused() {
        place.strandline()
                .run("snapshot", "--if-running", "panic", source)
                .failsSaying(2, "skip, wait or fail, not 'panic'");
        assertThat(place.snapshotCount()).isZero();
    }

    @Test
    void ifRunning_noFolderForTheLock_isRefused() throws IOException {
        var file = place.file("a-file", "no folder");
        place.strandline()
                .with("STRANDLINE_CACHE_DIR", file.toString())
                .run("snapshot", "--if-running", "skip", source)
                .failsSaying(1, "can't be told", "STRANDLINE_CACHE_DIR");
    }
}
