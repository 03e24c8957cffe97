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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot comes back over the place that it was taken of, and the way back from there. */
final class InPlaceRestoreIT {
    private static final long SEED = 97;

    @AutoClose
    private final Workplace place = Workplace.create();

    @BeforeEach
    void initialize() {
        place.initialized();
    }

    private String app() {
        return place.path("app").toString();
    }

    private void keep(String copy) {
        Workplace.tool("cp", "-a", app(), place.path(copy).toString());
    }

    private void assertApp(String copy) throws IOException {
        TreeComparison.assertSame(place.filePath(copy), place.filePath("app"));
        assertThat(Workplace.tool("find", app(), "-name", ".strandline-*").stdoutText())
                .isEmpty();
    }

    private Program strandline() {
        return place.strandline();
    }

    private void simpleTree() throws IOException {
        place.file("app/same", "same");
        place.file("app/changed", "before");
        place.file("app/lost", "lost");
        place.file("app/folder/inner", "inner");
        strandline().run("snapshot", app()).succeedsSilently();
        place.file("app/changed", "after!");
        Files.delete(place.path("app/lost"));
        place.file("app/extra/new", "new");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void restore_anyTreeOverAnyOther_isExactAndSoIsTheWayBack(long seed) throws IOException {
        System.out.println("restore in place with seeds " + seed + " and " + (seed + 100));
        var first = make(seed, "first");
        var second = make(seed + 100, "second");
        strandline()
                .run("restore", first + ":" + app(), "--in-place", "--delete")
                .succeedsSilently();
        assertApp("first");
        strandline()
                .run("restore", second + ":" + app(), "--in-place", "--delete")
                .succeedsSilently();
        assertApp("second");
        strandline().run("undo-restore").succeedsSilently();
        assertApp("first");
        strandline().run("undo-restore").succeedsSilently();
        assertApp("second");
        strandline().run("check", "--read-data").exits(0);
    }

    /** A snapshot of a tree at the place, and a copy beside it. */
    private String make(long seed, String copy) throws IOException {
        Workplace.tool("rm", "-rf", app());
        VarietyTreeMaker.make(place, "app", seed);
        strandline().run("snapshot", app()).exits(0);
        strandline()
                .run("restore", "latest:" + app(), "--target", place.path(copy).toString())
                .succeedsSilently();
        var snapshots = strandline().run("list", "--json").exits(0).json();
        return snapshots.get(snapshots.size() - 1).get("id").asText();
    }

    @Test
    void restore_withoutDelete_leavesWhatTheSnapshotDoesNotHave() throws IOException {
        simpleTree();
        var inode = Files.getAttribute(place.path("app/same"), "unix:ino");
        strandline().run("restore", "latest", "--in-place").succeedsSilently();
        assertThat(place.path("app/changed")).hasContent("before");
        assertThat(place.path("app/lost")).hasContent("lost");
        assertThat(place.path("app/extra/new")).hasContent("new");
        assertThat(Files.getAttribute(place.path("app/same"), "unix:ino")).isEqualTo(inode);
        strandline().run("restore", "latest~1", "--in-place", "--delete").succeedsSilently();
        assertThat(place.path("app/extra")).doesNotExist();
    }

    @Test
    void restore_dryRun_tellsThePlanAndChangesNothing() throws IOException {
        simpleTree();
        keep("before");
        int objects = place.objects().size();
        var run = strandline()
                .run("restore", "latest", "--in-place", "--delete", "--dry-run")
                .exits(0);
        assertThat(run.stdout().lines())
                .containsExactly(
                        "U " + app(),
                        "M " + app() + "/changed",
                        "- " + app() + "/extra",
                        "- " + app() + "/extra/new",
                        "+ " + app() + "/lost",
                        "would make 5 changes");
        assertApp("before");
        assertThat(place.objects()).hasSize(objects);
    }

    @Test
    void restore_dryRunWithPatch_showsTheLines() throws IOException {
        place.file("app/conf", "one\ntwo\n");
        strandline().run("snapshot", app()).succeedsSilently();
        place.file("app/conf", "one\n2\n");
        var run =
                strandline().run("restore", "latest", "--in-place", "-n", "-p").exits(0);
        assertThat(run.stdout()).contains("M " + app() + "/conf\n", "+++ b" + app() + "/conf", "-2\n+two\n");
        var json = strandline()
                .run("restore", "latest", "--in-place", "-n", "-p", "--json")
                .exits(0)
                .jsonLines();
        assertThat(json.getFirst().get("patch").asText()).endsWith("-2\n+two\n");
        assertThat(place.path("app/conf")).hasContent("one\n2\n");
        strandline().run("restore", "latest", "--in-place", "-p").failsSaying(2, "--patch goes with --dry-run");
    }

    @Test
    void restore_archive_isWhatDumpWrites() throws IOException {
        simpleTree();
        byte[] dumped = strandline()
                .run("dump", "latest:" + app(), "--archive", "tar")
                .exits(0)
                .stdoutBytes();
        var restored = strandline()
                .run("restore", "latest:" + app(), "--archive", "tar")
                .exits(0);
        assertThat(restored.stdoutBytes()).isEqualTo(dumped).hasSizeGreaterThan(1000);
        strandline().run("restore", "latest", "--archive", "rar").failsSaying(2, "tar or zip");
        strandline()
                .run("restore", "latest", "--archive", "tar", "--target", "x")
                .failsSaying(2, "none of the other options");
    }

    @Test
    void restore_nothingDiffers_savesNothing() throws IOException {
        simpleTree();
        strandline().run("restore", "latest", "--in-place", "--delete").succeedsSilently();
        int snapshots = place.snapshotCount();
        strandline().run("restore", "latest~1", "--in-place", "--delete").succeedsSilently();
        assertThat(place.snapshotCount()).isEqualTo(snapshots);
    }

    @Test
    void restore_onePath_touchesNothingElse() throws IOException {
        simpleTree();
        place.file("app/folder/inner", "changed");
        strandline()
                .run("restore", "latest:" + app() + "/folder", "--in-place", "--delete")
                .succeedsSilently();
        assertThat(place.path("app/folder/inner")).hasContent("inner");
        assertThat(place.path("app/changed")).hasContent("after!");
        strandline().run("undo-restore").succeedsSilently();
        assertThat(place.path("app/folder/inner")).hasContent("changed");
        assertThat(place.path("app/extra/new")).hasContent("new");
    }

    @Test
    void restore_filter_restoresThatOnly() throws IOException {
        simpleTree();
        Workplace.tool("rm", "-r", place.path("app/folder").toString());
        strandline()
                .run("restore", "latest:" + app(), "--in-place", "-i", "inner")
                .succeedsSilently();
        assertThat(place.path("app/folder/inner")).hasContent("inner");
        assertThat(place.path("app/lost")).doesNotExist();
        strandline()
                .run("restore", "latest~1:" + app(), "--in-place", "--delete", "-e", "lost", "-e", "extra/")
                .succeedsSilently();
        assertThat(place.path("app/changed")).hasContent("before");
        assertThat(place.path("app/lost")).doesNotExist();
        assertThat(place.path("app/extra/new")).hasContent("new");
    }

    @Test
    void restore_oneNameOfAnInode_leavesTheOthersAlone() throws IOException {
        place.file("app/one/a", "before");
        place.directory("app/two");
        Files.createLink(place.path("app/two/b"), place.path("app/one/a"));
        strandline().run("snapshot", app()).succeedsSilently();
        Files.writeString(place.path("app/one/a"), "after!");
        strandline().run("restore", "latest:" + app() + "/one", "--in-place").exits(0);
        assertThat(place.path("app/one/a")).hasContent("before");
        assertThat(place.path("app/two/b")).hasContent("after!");
        Files.delete(place.path("app/one/a"));
        strandline()
                .run("restore", "latest~1", "--in-place", "--overwrite", "never")
                .exits(0);
        assertThat(place.path("app/one/a")).hasContent("before");
        assertThat(place.path("app/two/b")).hasContent("after!");
        strandline().run("restore", "latest~2", "--in-place").succeedsSilently();
        assertThat(Files.getAttribute(place.path("app/one/a"), "unix:ino"))
                .isEqualTo(Files.getAttribute(place.path("app/two/b"), "unix:ino"));
        assertThat(place.path("app/two/b")).hasContent("before");
    }

    @Test
    void restore_overwritePolicies_areKept() throws IOException {
        simpleTree();
        strandline()
                .run("restore", "latest", "--in-place", "--overwrite", "never")
                .succeedsSilently();
        assertThat(place.path("app/changed")).hasContent("after!");
        assertThat(place.path("app/lost")).hasContent("lost");
        strandline()
                .run("restore", "latest~1", "--in-place", "--overwrite", "if-newer")
                .succeedsSilently();
        assertThat(place.path("app/changed")).hasContent("after!");
        Workplace.tool("touch", "-d", "2001-01-01", place.path("app/changed").toString());
        strandline()
                .run("restore", "latest~1", "--in-place", "--overwrite", "if-newer")
                .succeedsSilently();
        assertThat(place.path("app/changed")).hasContent("before");
    }

    @Test
    void restore_whatACaptureLeavesOut_isNeverTouched() throws IOException {
        place.file("app/kept.log", "log");
        place.file("app/file", "before");
        strandline().run("snapshot", app(), "-e", "*.log", "-e", "cache/").succeedsSilently();
        place.file("app/file", "after!");
        place.file("app/new/cache/data", "data");
        strandline().run("restore", "latest", "--in-place", "--delete").succeedsSilently();
        assertThat(place.path("app/file")).hasContent("before");
        assertThat(place.path("app/kept.log")).hasContent("log");
        assertThat(place.path("app/new/cache/data")).hasContent("data");
    }

    @Test
    void restore_theWholeFolderIsGone_bringsItBack() throws IOException {
        simpleTree();
        keep("now");
        strandline().run("snapshot", app()).succeedsSilently();
        Workplace.tool("rm", "-r", app());
        strandline().run("restore", "latest:" + app(), "--in-place").succeedsSilently();
        assertApp("now");
        strandline().run("undo-restore").succeedsSilently();
        assertThat(place.path("app")).doesNotExist();
    }

    @Test
    void restore_directoryInTheWay_isToldUnlessDeletingIsAllowed() throws IOException {
        simpleTree();
        place.file("app/lost/now/a", "directory");
        var run = strandline().run("restore", "latest", "--in-place").exits(3);
        assertThat(run.stderr()).contains(app() + "/lost", "--delete");
        strandline().run("restore", "latest~1", "--in-place", "--delete").succeedsSilently();
        assertThat(place.path("app/lost")).hasContent("lost");
    }

    @Test
    void restore_symbolicLinkWasPlanted_isReplacedAndNotFollowed() throws IOException {
        simpleTree();
        place.file("outside/inner", "precious");
        Workplace.tool("rm", "-r", place.path("app/folder").toString());
        Files.createSymbolicLink(place.path("app/folder"), place.path("outside"));
        Files.createSymbolicLink(place.path("app/lost"), place.path("outside/inner"));
        strandline().run("restore", "latest", "--in-place", "--delete").succeedsSilently();
        assertThat(place.path("outside/inner")).hasContent("precious");
        assertThat(place.path("app/folder/inner")).hasContent("inner").isRegularFile();
        assertThat(Files.isSymbolicLink(place.path("app/folder"))).isFalse();
        assertThat(Files.isSymbolicLink(place.path("app/lost"))).isFalse();
    }

    /** Both kinds of restore, as long as somebody swaps folders for links to elsewhere as fast as they can. */
    @Test
    void restore_foldersAreSwappedForLinksMeanwhile_changesNothingElsewhere() throws Exception {
        place.file("outside/inner", "precious");
        place.file("outside/file0", "precious");
        for (int i = 0; i < 300; i++) {
            place.file("app/folder/file" + i, "wanted " + i);
        }
        strandline().run("snapshot", app()).succeedsSilently();
        String before = outside();
        var stop = new AtomicBoolean();
        var swaps = new AtomicInteger();
        var target = new AtomicReference<>("target");
        var attacker = new Thread(() -> {
            while (!stop.get()) {
                swaps.addAndGet(swap(place.path("app")) + swap(place.path(target.get())));
            }
        });
        attacker.start();
        try {
            for (int round = 0; round < 6; round++) {
                strandline().run("restore", firstSnapshot() + ":" + app(), "--in-place", "--delete", "--force");
                target.set("target" + round);
                strandline()
                        .run(
                                "restore",
                                firstSnapshot() + ":" + app(),
                                "--target",
                                place.path(target.get()).toString());
            }
        } finally {
            stop.set(true);
            attacker.join();
        }
        assertThat(swaps.get()).isGreaterThan(100);
        assertThat(outside()).isEqualTo(before);
    }

    /** Everything of what lies outside that a restore could change. */
    private String outside() {
        return Workplace.tool("find", place.path("outside").toString(), "-printf", "%p %m %u %T@ %C@ %s %n\n")
                .stdoutText();
    }

    /** Puts a link in the place of the folder, and the folder back. */
    private int swap(Path above) {
        try {
            Files.move(above.resolve("folder"), above.resolve("aside"));
            Files.createSymbolicLink(above.resolve("folder"), place.path("outside"));
            Files.delete(above.resolve("folder"));
            Files.move(above.resolve("aside"), above.resolve("folder"));
            return 1;
        } catch (IOException _) {
            // The restore was there first.
            return 0;
        }
    }

    @Test
    void restore_protectedHost_isRefusedUnlessForced() throws IOException {
        simpleTree();
        var program = place.configured("[policy]\nprotected = true\n");
        program.run("restore", "latest", "--in-place").failsSaying(1, "this host is protected", "--force");
        assertThat(place.path("app/changed")).hasContent("after!");
        program.run("restore", "latest", "--in-place", "--dry-run").exits(0);
        program.run("restore", "latest", "--target", place.path("elsewhere").toString())
                .succeedsSilently();
        program.run("restore", "latest", "--in-place", "--force").succeedsSilently();
        assertThat(place.path("app/changed")).hasContent("before");
        program.run("undo-restore").failsSaying(1, "this host is protected");
        program.run("undo-restore", "--force").succeedsSilently();
        assertThat(place.path("app/changed")).hasContent("after!");
    }

    @Test
    void restore_killed_isGoneOnWithAndNobodySeesHalfAFile() throws IOException {
        System.out.println("killed restores with seed " + SEED);
        var random = new Random(SEED);
        byte[] content = new byte[300_000];
        place.directory("app");
        for (int i = 0; i < 200; i++) {
            random.nextBytes(content);
            Files.write(place.path("app/file" + i), content);
        }
        strandline().run("snapshot", app()).succeedsSilently();
        keep("first");
        for (int i = 0; i < 200; i++) {
            Files.writeString(place.path("app/file" + i), "short " + i);
        }
        for (int round = 0; round < 3; round++) {
            int enough = 20 + 50 * round;
            var running = strandline().start("restore", firstSnapshot() + ":" + app(), "--in-place");
            running.awaitWhileRunning("files", () -> restored() > enough);
            running.signal(round == 0 ? "INT" : "KILL");
            var run = running.await();
            if (round == 0) {
                run.exits(130);
                assertThat(run.stderr())
                        .contains("a part is restored", "undo-restore")
                        .doesNotContain("Remove");
            }
            for (int i = 0; i < 200; i++) {
                long size = Files.size(place.path("app/file" + i));
                assertThat(size).isIn(300_000L, (long) ("short " + i).length());
            }
        }
        strandline()
                .run("restore", firstSnapshot() + ":" + app(), "--in-place", "--delete")
                .succeedsSilently();
        assertApp("first");
    }

    private String firstSnapshot() {
        return strandline()
                .run("list", "--json")
                .exits(0)
                .json()
                .get(0)
                .get("id")
                .asText();
    }

    private int restored() {
        int count = 0;
        for (int i = 0; i < 200; i++) {
            count += place.path("app/file" + i).toFile().length() == 300_000 ? 1 : 0;
        }
        return count;
    }

    @Test
    void restore_snapshotOfAnotherHost_isRefusedUnlessForced() throws IOException {
        simpleTree();
        strandline().run("snapshot", "--host", "other", app()).succeedsSilently();
        place.file("app/changed", "again");
        strandline()
                .run("restore", "latest", "--in-place")
                .failsSaying(1, "is of the host other, not of this one", "--force");
        strandline().run("restore", "latest", "--in-place", "--force").succeedsSilently();
        assertThat(place.path("app/changed")).hasContent("after!");
    }

    @Test
    void options_thatDoNotGoTogether_areRefused() throws IOException {
        simpleTree();
        strandline().run("restore", "latest", "--in-place", "--target", "x").failsSaying(2, "neither with --target");
        strandline().run("restore", "latest", "--target", "x", "--force").failsSaying(2, "is for --in-place");
        strandline()
                .run("restore", "latest", "--in-place", "--overwrite", "sometimes")
                .failsSaying(2, "not 'sometimes'");
        strandline().run("restore", "latest:/nowhere", "--in-place").exits(1);
        strandline().run("undo-restore").failsSaying(1, "nothing to undo");
        assertThat(place.snapshotCount()).isEqualTo(1);
    }
}
