package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.VarietyTreeMaker;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.TreeComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sources and targets with something wrong about them. */
final class SourceIT {
    private static final long SEED = 11;
    private static final int MIB = 1 << 20;

    @Test
    void restore_targetNotEmpty_exits1AndLeavesItAlone() throws IOException {
        try (var place = Workplace.create()) {
            place.file("tree/file", "content");
            place.initialized();
            place.snapshot("tree");
            place.file("target/precious", "mine");
            place.strandline()
                    .run("restore", "latest", "--target", "target")
                    .failsSaying(1, place.path("target") + " is not empty", "precious", "empty or a new directory");
            assertThat(place.path("target")).isDirectoryNotContaining("regex:.*/(?!precious)[^/]*");
            place.file("file", "mine");
            place.strandline()
                    .run("restore", "latest", "--target", "file")
                    .failsSaying(1, place.path("file") + " is not a directory");
            assertThat(place.path("file")).hasContent("mine");
            place.strandline()
                    .run("restore", "latest", "--target", "file/below")
                    .failsSaying(1, "file", "not a directory");
            for (var inside : new String[] {"tree/target", "tree/a/b"}) {
                place.strandline()
                        .run("restore", "latest", "--target", inside)
                        .failsSaying(1, "lies inside " + place.path("tree"), "--target outside");
            }
            Files.createSymbolicLink(place.path("link"), place.path("tree"));
            place.strandline()
                    .run("restore", "latest", "--target", "link/a")
                    .failsSaying(1, "lies inside " + place.path("tree"));
            place.restoreAndCompare("tree", "restored");
        }
    }

    @Test
    void snapshot_repositoryInsideTheSource_leavesItOutAndSaysSoOnce() throws IOException {
        try (var place = Workplace.create()) {
            place.file("tree/file", "content");
            var strandline = place.strandline()
                    .with(
                            "STRANDLINE_REPOSITORY",
                            place.path("tree/inner/repository").toString());
            strandline.run("init", "-q").exits(0);
            strandline.run("snapshot", "tree").succeedsSilently();
            var run = strandline.run("snapshot", "tree", "-v").exits(0);
            assertThat(run.stderr())
                    .containsOnlyOnce("left out: " + place.path("tree/inner/repository") + " is the repository itself");
            assertThat(run.stderr().lines()).hasSize(1);
            assertThat(strandline.run("ls", "-R", "latest").exits(0).stdout())
                    .contains(
                            place.path("tree/inner").toString(),
                            place.path("tree/file").toString())
                    .doesNotContain("repository");
        }
    }

    @Test
    void snapshot_missingPathBesideOneThatIsThere_exits3NamesItAndSavesTheRest() throws IOException {
        try (var place = Workplace.create()) {
            place.file("tree/file", "content");
            place.initialized()
                    .run("snapshot", "no-such-path", "tree")
                    .failsSaying(3, "not saved: " + place.path("no-such-path"), "1 source could not be saved");
            place.restoreAndCompare("tree", "restored");
            assertThat(place.strandline().run("show", "latest").exits(0).stdout())
                    .contains(place.path("no-such-path").toString());
            place.strandline()
                    .run("snapshot", "no-such-path")
                    .failsSaying(1, "no-such-path", "nothing could be captured, so nothing was saved");
            assertThat(place.snapshotCount()).isEqualTo(1);
        }
    }

    @Test
    void snapshot_unreadableFilesOfOrdinaryUser_exits3NamesThemAndSavesTheRest() throws IOException {
        try (var place = Workplace.ofOrdinaryUser()) {
            place.file("tree/readable", "content");
            place.file("tree/unreadable", "secret");
            place.file("tree/folder/inside", "secret");
            place.file("tree/weird\u001b[31m\nname", "secret");
            place.handOver();
            var nothing = PosixFilePermissions.fromString("---------");
            for (var name : new String[] {"tree/unreadable", "tree/folder", "tree/weird\u001b[31m\nname"}) {
                Files.setPosixFilePermissions(place.path(name), nothing);
            }
            var run = place.initialized().run("snapshot", "tree");
            run.failsSaying(
                    3,
                    "not saved: " + place.path("tree/unreadable"),
                    "not saved: " + place.path("tree/folder"),
                    "weird\\x1b[31m\\x0aname",
                    "3 sources could not be saved, all else was");
            assertThat(run.stderr()).doesNotContain("\u001b");
            var json = place.strandline().run("snapshot", "tree", "--json").exits(3);
            assertThat(json.json().get("files_unreadable").asInt()).isEqualTo(3);
            assertThat(json.jsonErrors())
                    .extracting(error -> error.get("item").asText())
                    .contains(place.path("tree/unreadable").toString());
            place.strandline()
                    .run("restore", "latest:" + place.path("tree"), "--target", "restored")
                    .succeedsSilently();
            assertThat(place.path("restored")).isDirectoryNotContaining("glob:**/unreadable");
            assertThat(place.path("restored/readable")).hasContent("content");
            place.strandline().run("snapshot", "tree/unreadable").failsSaying(1, "nothing was saved");
            assertThat(place.snapshotCount()).isEqualTo(2);
        }
    }

    @Test
    void snapshot_specialFilesInTheTree_neverWaitsForThem() throws IOException {
        try (var place = Workplace.create()) {
            var tree = place.directory("tree");
            Workplace.tool("mkfifo", tree.resolve("fifo").toString());
            if (Program.isRoot()) {
                // Opening it would end this machine's patience: an endless file and a terminal that waits for a line.
                Workplace.tool("mknod", tree.resolve("zero").toString(), "c", "1", "5");
                Workplace.tool("mknod", tree.resolve("terminal").toString(), "c", "5", "0");
            }
            place.initialized();
            place.snapshot("tree");
            place.restoreAndCompare("tree", "restored");
            place.strandline().run("snapshot", "tree/fifo").succeedsSilently();
            place.strandline().run("dump", "latest:" + tree.resolve("fifo")).failsSaying(1, "not a regular file");
        }
    }

    @Test
    void snapshot_fullRepositoryDisk_exits1CommitsNothingAndNextRunWorks() throws IOException {
        if (!Program.isRoot()) {
            var mount = HostTools.run(List.of("mount", "-t", "tmpfs", "none", "/mnt"), Path.of("/"));
            assertThat(mount.exitCode()).as("only root can make a small disk").isNotZero();
            return;
        }
        try (var place = Workplace.create()) {
            var disk = place.directory("disk");
            Workplace.tool("mount", "-t", "tmpfs", "-o", "size=40m", "none", disk.toString());
            try {
                fillDisk(place);
            } finally {
                Workplace.tool("umount", disk.toString());
            }
        }
    }

    private static void fillDisk(Workplace place) throws IOException {
        System.out.println("full disk with seed " + SEED);
        var random = new Random(SEED);
        byte[] data = new byte[4 * MIB];
        random.nextBytes(data);
        Files.write(place.directory("small").resolve("file"), data);
        place.directory("large");
        for (int i = 0; i < 16; i++) {
            random.nextBytes(data);
            Files.write(place.path("large/file" + i), data);
        }
        var strandline = place.strandline()
                .with("STRANDLINE_REPOSITORY", place.path("disk/repository").toString());
        strandline.run("init", "-q").exits(0);
        strandline.run("snapshot", "small").succeedsSilently();
        strandline.run("snapshot", "large").failsSaying(1, "no space left on device", "repository");
        assertThat(strandline.run("list", "--json").exits(0).json()).hasSize(1);
        strandline.run("check", "--read-data").succeedsSilently();
        restore(place, strandline, "small", "restored-1");
        Workplace.tool("mount", "-o", "remount,size=200m", place.path("disk").toString());
        strandline.run("snapshot", "large").succeedsSilently();
        restore(place, strandline, "large", "restored-2");
        strandline.run("check", "--read-data").succeedsSilently();
        assertThat(place.path("disk/repository/tmp")).isEmptyDirectory();
    }

    private static void restore(Workplace place, Program strandline, String folder, String target) throws IOException {
        strandline
                .run("restore", "latest:" + place.path(folder), "--target", target)
                .succeedsSilently();
        TreeComparison.assertSame(place.filePath(folder), place.filePath(target));
    }

    @Test
    void restore_fullTargetDisk_exits1AndNextRunWorks() throws IOException {
        try (var place = Workplace.create()) {
            VarietyTreeMaker.make(place, "tree", SEED);
            place.initialized();
            place.snapshot("tree");
            if (Program.isRoot()) {
                var disk = place.directory("disk");
                Workplace.tool("mount", "-t", "tmpfs", "-o", "size=3m", "none", disk.toString());
                try {
                    place.strandline()
                            .run("restore", "latest:" + place.path("tree"), "--target", "disk/target")
                            .failsSaying(1, "the restore stopped", "no space left on device", "holds a part");
                } finally {
                    Workplace.tool("umount", disk.toString());
                }
            }
            place.restoreAndCompare("tree", "restored");
        }
    }
}
