package dev.strandline.core.capture;

import static dev.strandline.core.testkit.SourceTree.file;
import static dev.strandline.core.testkit.SourceTree.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.CaptureProblem;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.testkit.CaptureRun;
import dev.strandline.core.testkit.DelegatingFileSystem;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.SnapshotExamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is left out of a snapshot. */
class CaptureExclusionTest {
    @AutoClose
    private final CaptureScene scene = new CaptureScene();

    private final FilePath root = scene.root;
    private final Directory directory = scene.directory;

    @Test
    void run_patterns_leaveOutAndTakeBack() throws Exception {
        for (String name : List.of("a.log", "keep.log", "b.txt")) {
            scene.file(name);
        }
        try (var sub = directory.createDirectory(name("sub"))) {
            file(sub, "keep.log", new byte[1]);
            file(sub, "c.txt", new byte[1]);
        }
        try (var cache = directory.createDirectory(name("cache"))) {
            file(cache, "x", new byte[1]);
        }
        var run = scene.capture().excludes("*.log", "!/keep.log", "cache/", root.display() + "/sub/c.txt");
        assertThat(scene.nodes(run.run())).containsOnlyKeys("b.txt", "keep.log", "sub");
        assertThat(run.events())
                .contains(new CaptureEvent.Excluded(root.resolve(name("cache")), "pattern cache/"))
                .contains(new CaptureEvent.Excluded(root.resolve(name("a.log")), "pattern *.log"));
    }

    @Test
    void run_patternsOfOneSource_leaveOutNothingOfAnother() throws Exception {
        for (String folder : List.of("one", "two")) {
            try (var opened = directory.createDirectory(name(folder))) {
                file(opened, "a.log", new byte[1]);
                file(opened, "b.txt", new byte[1]);
            }
        }
        var one = root.resolve(name("one"));
        var two = root.resolve(name("two"));
        var result = new CaptureRun(scene.repository, two, one)
                .excludes(one, "*.log")
                .excludes(two, "*.txt")
                .run();
        assertThat(result.roots()).extracting(SnapshotRoot::path).containsExactly(one, two);
        var snapshot = SnapshotExamples.snapshot("a".repeat(64), Instant.EPOCH, result.roots());
        assertThat(scene.nodes(snapshot, one)).containsOnlyKeys("b.txt");
        assertThat(scene.nodes(snapshot, two)).containsOnlyKeys("a.log");
    }

    @Test
    void run_optionalSourceMissing_isAbsentAndNoProblem() throws Exception {
        scene.file("f");
        var missing = FilePath.of(root.display() + "-missing");
        var run = new CaptureRun(scene.repository, root, missing).optional(missing);
        var result = run.run();
        assertThat(result.absent()).containsExactly(missing);
        assertThat(result.problems()).isEmpty();
        assertThat(result.counts().unreadable()).isZero();
        assertThat(run.events()).contains(new CaptureEvent.Absent(missing));
        assertThat(new CaptureRun(scene.repository, root, missing).run().problems())
                .extracting(CaptureProblem::path)
                .containsExactly(missing);
    }

    @Test
    void run_markersSizesAndTheRepository_areLeftOut() throws Exception {
        scene.file("small");
        file(directory, "large", new byte[1001]);
        try (var cache = directory.createDirectory(name("cache"))) {
            file(
                    cache,
                    "CACHEDIR.TAG",
                    "Signature: 8a477f597d28d172789f06886806bc55\n# x".getBytes(StandardCharsets.US_ASCII));
        }
        try (var fake = directory.createDirectory(name("no-cache"))) {
            file(fake, "CACHEDIR.TAG", "Signature: something else".getBytes(StandardCharsets.US_ASCII));
        }
        try (var marked = directory.createDirectory(name("marked"))) {
            file(marked, ".nobackup", new byte[0]);
        }
        try (var repositoryDirectory = directory.createDirectory(name("repository"))) {
            file(repositoryDirectory, "config", new byte[1]);
        }
        var run = scene.capture()
                .excludeCaches()
                .excludeIfPresent(".nobackup")
                .excludeLargerThan(1000)
                .ownPlaces(OwnPlace.directory(directory.status(name("repository")), "the repository itself"));
        assertThat(scene.nodes(run.run())).containsOnlyKeys("no-cache", "no-cache/CACHEDIR.TAG", "small");
        assertThat(run.events())
                .contains(
                        new CaptureEvent.Excluded(root.resolve(name("cache")), "tagged as a cache"),
                        new CaptureEvent.Excluded(root.resolve(name("marked")), "holds .nobackup"),
                        new CaptureEvent.Excluded(root.resolve(name("large")), "larger than 1000 bytes"),
                        new CaptureEvent.OwnPlaceExcluded(root.resolve(name("repository")), "the repository itself"));
    }

    /** Only root can mount; a mount point that stays empty is no test, so others look at nothing here. */
    private void mounted(String type, String mountPoint, Runnable body) throws IOException {
        directory.createDirectory(name(mountPoint)).close();
        String path = root.resolve(name(mountPoint)).display();
        var mount = HostTools.run(List.of("mount", "-t", type, type, path), Path.of("/"));
        if (mount.exitCode() != 0) {
            assertThat(mount.stderr()).contains("permi");
            return;
        }
        try {
            body.run();
        } finally {
            assertThat(HostTools.run(List.of("umount", path), Path.of("/")).exitCode())
                    .isZero();
        }
    }

    @Test
    void run_anotherFileSystem_isEnteredUnlessToldNotTo() throws Exception {
        scene.file("f");
        mounted("tmpfs", "mount", () -> {
            try (var mount = directory.openDirectory(name("mount"))) {
                file(mount, "inside", new byte[1]);
                assertThat(scene.nodes(scene.capture().run())).containsOnlyKeys("f", "mount", "mount/inside");
                var run = scene.capture().oneFileSystem();
                var nodes = scene.nodes(run.run());
                assertThat(nodes).containsOnlyKeys("f", "mount");
                // Not the mode of what is mounted there, which is 1777.
                assertThat(nodes.get("mount").metadata().mode()).isEqualTo(0700);
                assertThat(run.events())
                        .contains(new CaptureEvent.Excluded(root.resolve(name("mount")), "another file system"));
            } catch (IOException | RepositoryException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void run_fileSystemMadeUpByTheKernel_isLeftOut() throws Exception {
        scene.file("f");
        mounted("proc", "proc", () -> {
            try {
                var run = scene.capture();
                var nodes = scene.nodes(run.run());
                assertThat(nodes).containsOnlyKeys("f", "proc");
                assertThat(nodes.get("proc").metadata().mode()).isEqualTo(0700);
                assertThat(run.events())
                        .contains(new CaptureEvent.Excluded(
                                root.resolve(name("proc")), "made up by the kernel, not files"));
            } catch (RepositoryException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** What can't be looked at, as the mount of a server that has died. */
    private DelegatingFileSystem failingAt(String unreachable) {
        return new DelegatingFileSystem(PosixFileSystem.open(), new DelegatingFileSystem.Intervention() {
            @Override
            public void beforeStatus(FilePath path) throws IOException {
                if (path.name().equals(name(unreachable))) {
                    throw new FileOperationException("statx", path.display(), Errno.ENOTCONN.number());
                }
            }
        });
    }

    @Test
    void run_excludedButUnreachable_isNoProblem() throws Exception {
        scene.file("f");
        directory.createDirectory(name("dead")).close();
        for (String pattern : List.of("dead", "dead/", "/dead/", "d*")) {
            var run = scene.capture().host(failingAt("dead")).excludes(pattern);
            assertThat(scene.nodes(run.run())).containsOnlyKeys("f");
            assertThat(run.events())
                    .contains(new CaptureEvent.Excluded(root.resolve(name("dead")), "pattern " + pattern));
        }
        var problems = scene.capture().host(failingAt("dead")).run().problems();
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().reason()).contains("transport endpoint is not connected");
        // That it can't be entered as another file system would has to be seen in the table of mounts.
        assertThat(scene.capture().host(failingAt("dead")).oneFileSystem().run().problems())
                .hasSize(1);
    }

    @Test
    void run_patternForAnything_looksAtNothing() throws Exception {
        scene.file("f");
        var looked = new ArrayList<String>();
        var host = new DelegatingFileSystem(PosixFileSystem.open(), new DelegatingFileSystem.Intervention() {
            @Override
            public void beforeStatus(FilePath path) {
                looked.add(path.name().display());
            }
        });
        scene.file("out.log");
        scene.capture().host(host).excludes("*.log").run();
        assertThat(looked).contains("f").doesNotContain("out.log");
    }

    @Test
    void run_unreachableMountOfAnotherFileSystem_staysAnEmptyFolder() throws Exception {
        scene.file("f");
        mounted("tmpfs", "mount", () -> {
            try {
                var run = scene.capture().host(failingAt("mount")).oneFileSystem();
                var result = run.run();
                assertThat(result.problems()).isEmpty();
                assertThat(scene.nodes(result)).containsOnlyKeys("f", "mount");
            } catch (RepositoryException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void run_ownFiles_areLeftOutAndToldOnce() throws Exception {
        scene.file("metrics");
        try (var sub = directory.createDirectory(name("sub"))) {
            file(sub, "metrics", new byte[1]);
        }
        var own = new OwnPlace(directory.status(), Optional.of(name("metrics")), "the metrics file");
        var run = scene.capture().ownPlaces(own);
        assertThat(scene.nodes(run.run())).containsOnlyKeys("sub", "sub/metrics");
        assertThat(run.events())
                .containsOnlyOnce(new CaptureEvent.OwnPlaceExcluded(root.resolve(name("metrics")), "the metrics file"));
    }
}
