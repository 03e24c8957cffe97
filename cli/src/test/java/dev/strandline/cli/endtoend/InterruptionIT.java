package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that are stopped in the middle. */
final class InterruptionIT {
    private static final long SEED = 19;
    private static final int FILES = 100;
    private static final int FILE_BYTES = 8 << 20;

    /** Holds a source too large to be captured before the first packs are seen. */
    @AutoClose
    private static final Workplace sources = Workplace.create();

    @BeforeAll
    static void makeLargeSource() throws IOException {
        System.out.println("interruption with seed " + SEED);
        var random = new Random(SEED);
        byte[] content = new byte[FILE_BYTES];
        for (int i = 0; i < FILES; i++) {
            random.nextBytes(content);
            Files.write(sources.directory("large").resolve("file" + i), content);
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129", "KILL, 137"})
    void snapshot_stoppedBySignal_savesNothingAndNextRunReusesWhatWasStored(String signal, int code)
            throws IOException {
        try (var place = Workplace.create()) {
            var source = sources.path("large").toString();
            var running = place.initialized().start("snapshot", source);
            running.awaitWhileRunning("packs", () -> place.objects("packs").size() >= 2);
            running.signal(signal);
            var run = running.await().exits(code);
            assertThat(run.stdout()).isEmpty();
            if (!signal.equals("KILL")) {
                assertThat(run.stderr()).contains("interrupted; no snapshot was saved", "used by the next run");
                assertThat(place.repository().resolve("tmp")).isEmptyDirectory();
            }
            assertThat(place.objects("snapshots")).isEmpty();
            assertThat(place.snapshotCount()).isZero();
            place.strandline().run("check", "--read-data").succeedsSilently();
            var added = place.strandline()
                    .run("snapshot", "--json", source)
                    .exits(0)
                    .json();
            assertThat(added.get("total_bytes_processed").asLong()).isEqualTo((long) FILES * FILE_BYTES);
            assertThat(added.get("data_added").asLong()).isLessThan((long) FILES * FILE_BYTES - (16 << 20));
            place.strandline().run("check").succeedsSilently();
            place.strandline()
                    .run("restore", "latest:" + source, "--target", "restored")
                    .succeedsSilently();
            Workplace.tool("diff", "-r", source, place.path("restored").toString());
        }
    }

    @Test
    void restore_interrupted_exits130AndSaysThatTheTargetHoldsAPart() throws IOException {
        try (var place = Workplace.create()) {
            var source = sources.path("large").toString();
            place.initialized().run("snapshot", source).succeedsSilently();
            var target = place.path("restored");
            var running = place.strandline().start("restore", "latest:" + source, "--target", target.toString());
            running.awaitWhileRunning("restored files", () -> Files.exists(target.resolve("file1")));
            running.signal("INT");
            running.await().failsSaying(130, "interrupted; the target holds a part", "Run again to go on");
            place.strandline().run("check").succeedsSilently();
            place.strandline()
                    .run("restore", "latest:" + source + "/file7", "--target", "again")
                    .succeedsSilently();
            Workplace.tool("cmp", source + "/file7", place.path("again/file7").toString());
        }
    }

    @Test
    void check_interrupted_exits130() throws IOException {
        try (var place = Workplace.create()) {
            place.initialized()
                    .run("snapshot", sources.path("large").toString())
                    .succeedsSilently();
            var running = place.strandline().start("check", "--read-data");
            var descriptors = Path.of("/proc/" + running.pid() + "/fd");
            running.awaitWhileRunning("the repository being read", () -> reads(descriptors, "/packs/"));
            running.signal("INT");
            running.await().failsSaying(130, "interrupted before the check was complete");
        }
    }

    private static boolean reads(Path descriptors, String part) {
        try (var open = Files.newDirectoryStream(descriptors)) {
            for (var descriptor : open) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).toString().contains(part)) {
                    return true;
                }
            }
            return false;
        } catch (IOException _) {
            // A descriptor was closed while it was looked at.
            return false;
        }
    }
}
