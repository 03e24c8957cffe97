package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.VarietyTreeMaker;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.testkit.TreeComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restore into a directory that holds something: a part of the same, or what the user said how to deal with. */
final class TargetRestoreIT {
    private static final long SEED = 41;

    @AutoClose
    private final Workplace place = Workplace.create();

    @BeforeEach
    void initialize() {
        place.initialized();
    }

    private Program strandline() {
        return place.strandline();
    }

    private String path(String name) {
        return place.path(name).toString();
    }

    private void manyFiles() throws IOException {
        byte[] content = new byte[200_000];
        var random = new Random(SEED);
        System.out.println("interrupted restores with seed " + SEED);
        for (int i = 0; i < 300; i++) {
            random.nextBytes(content);
            Files.createDirectories(place.path("app/folder" + i % 7));
            Files.write(place.path("app/folder" + i % 7 + "/file" + i), content);
        }
        Files.createLink(place.path("app/linked"), place.path("app/folder0/file0"));
        place.snapshot("app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "INT"})
    void restore_interrupted_isGoneOnWithByRunningItAgain(String signal) throws IOException {
        manyFiles();
        for (int round = 1; round <= 2; round++) {
            var running = strandline().start("restore", "latest:" + path("app"), "--target", path("target"));
            int enough = 60 * round;
            running.awaitWhileRunning("files", () -> files(place.path("target")) > enough);
            running.signal(signal);
            running.await();
        }
        assertThat(place.path("target/.strandline-restoring")).exists();
        strandline()
                .run("restore", "latest:" + path("app"), "--target", path("target"))
                .succeedsSilently();
        TreeComparison.assertSame(place.filePath("app"), place.filePath("target"));
        assertThat(place.snapshotCount()).isEqualTo(1);
    }

    private static int files(Path folder) {
        int count = 0;
        for (int i = 0; i < 7; i++) {
            var names = folder.resolve("folder" + i).toFile().list();
            count += names == null ? 0 : names.length;
        }
        return count;
    }

    @Test
    void restore_fewFilesMayBeOpen_isComplete() throws IOException {
        for (int i = 0; i < 1000; i++) {
            place.file("app/folder" + i + "/file", "content " + i);
        }
        place.snapshot("app");
        strandline()
                .under("prlimit", "--nofile=320:320")
                .run("restore", "latest:" + path("app"), "--target", path("target"))
                .succeedsSilently();
        TreeComparison.assertSame(place.filePath("app"), place.filePath("target"));
    }

    @Test
    void restore_ofAWholeSnapshotInterrupted_isGoneOnWithToo() throws IOException {
        manyFiles();
        var there = place.path("target" + path("app"));
        var running = strandline().start("restore", "latest", "--target", path("target"));
        running.awaitWhileRunning("files", () -> files(there) > 60);
        running.signal("KILL");
        running.await();
        Workplace.tool("rm", "-r", there.toString());
        strandline().run("restore", "latest", "--target", path("target")).succeedsSilently();
        TreeComparison.assertSame(place.filePath("app"), place.filePath("target" + path("app")));
        assertThat(place.path("target/.strandline-restoring")).doesNotExist();
    }

    @Test
    void restore_anotherOneIsUnfinishedThere_isRefused() throws IOException {
        place.file("app/file", "1");
        place.snapshot("app");
        place.directory("target");
        Files.writeString(place.path("target/.strandline-restoring"), "ab".repeat(32) + "/elsewhere");
        strandline()
                .run("restore", "latest:" + path("app"), "--target", path("target"))
                .failsSaying(1, "holds a part of snapshot abababab:/elsewhere", "Finish that restore");
        assertThat(place.path("target/file")).doesNotExist();
        // What is not a mark of ours is something like any other.
        Files.writeString(place.path("target/.strandline-restoring"), "mine");
        strandline()
                .run("restore", "latest:" + path("app"), "--target", path("target"))
                .failsSaying(1, "is not empty", "--overwrite");
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void restore_overAnyTree_isExactAndUndone(long seed) throws IOException {
        System.out.println("restore over a tree with seeds " + seed + " and " + (seed + 50));
        VarietyTreeMaker.make(place, "app", seed);
        strandline().run("snapshot", path("app")).exits(0);
        VarietyTreeMaker.make(place, "target", seed + 50);
        VarietyTreeMaker.make(place, "copy", seed + 50);
        strandline()
                .run("restore", "latest:" + path("app"), "--target", path("target"))
                .failsSaying(1, "is not empty", "--overwrite");
        TreeComparison.assertSame(place.filePath("copy"), place.filePath("target"));
        strandline()
                .run(
                        "restore",
                        "latest:" + path("app"),
                        "--target",
                        path("target"),
                        "--overwrite",
                        "always",
                        "--delete")
                .succeedsSilently();
        TreeComparison.assertSame(place.filePath("app"), place.filePath("target"));
        strandline().run("undo-restore").succeedsSilently();
        TreeComparison.assertSame(place.filePath("copy"), place.filePath("target"));
    }

    @Test
    void restore_withAPolicy_keepsWhatItSays() throws IOException {
        place.file("app/both", "snapshot");
        place.file("app/missing", "snapshot");
        place.snapshot("app");
        place.file("target/both", "target");
        place.file("target/own", "target");
        strandline()
                .run("restore", "latest:" + path("app"), "--target", path("target"), "--overwrite", "never")
                .succeedsSilently();
        assertThat(place.path("target/both")).hasContent("target");
        assertThat(place.path("target/missing")).hasContent("snapshot");
        assertThat(place.path("target/own")).hasContent("target");
        strandline()
                .run("restore", "latest~1:" + path("app/both"), "--target", path("target"), "--overwrite", "always")
                .succeedsSilently();
        assertThat(place.path("target/both")).hasContent("snapshot");
        assertThat(place.path("target/own")).hasContent("target");
    }

    @Test
    void restore_aFolderThatItsOwnerMayNotWriteInto_leavesNoMark() throws IOException {
        try (var theirs = Workplace.ofOrdinaryUser()) {
            theirs.file("app/file", "1");
            theirs.handOver();
            Workplace.tool("chmod", "555", theirs.path("app").toString());
            theirs.initialized().run("snapshot", theirs.path("app").toString()).exits(0);
            theirs.strandline()
                    .run(
                            "restore",
                            "latest:" + theirs.path("app"),
                            "--target",
                            theirs.path("target").toString())
                    .succeedsSilently();
            TreeComparison.assertSame(theirs.filePath("app"), theirs.filePath("target"));
            Workplace.tool(
                    "chmod",
                    "755",
                    theirs.path("app").toString(),
                    theirs.path("target").toString());
        }
    }

    @Test
    void restore_aFolderOnTheWayIsALink_isNotFollowed() throws IOException {
        place.file("app/file", "snapshot");
        place.snapshot("app");
        place.directory("outside");
        var first = place.path("").getName(0).toString();
        place.directory("target");
        Files.createSymbolicLink(place.path("target/" + first), place.path("outside"));
        strandline()
                .run("restore", "latest", "--target", path("target"), "--overwrite", "always")
                .exits(3);
        assertThat(place.path("outside")).isEmptyDirectory();
    }
}
