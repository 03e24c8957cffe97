package dev.strandline.core.capture;

import static dev.strandline.core.testkit.SourceTree.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.CaptureProblem;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.testkit.CaptureRun;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.SnapshotExamples;
import dev.strandline.core.tree.Node;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Sources that lie in each other: what a person has named is captured, or named as a problem. */
class NamedSourcesTest {
    @AutoClose
    private final CaptureScene scene = new CaptureScene();

    private final FilePath root = scene.root;
    private final Directory directory = scene.directory;

    /** Makes folders and files, such as {@code a/b/f}. */
    private void files(String... paths) throws Exception {
        for (String path : paths) {
            var file = Path.of(at(path).display());
            Files.createDirectories(file.getParent());
            Files.writeString(file, path);
        }
    }

    private FilePath at(String path) {
        return FilePath.of(root.display() + "/" + path);
    }

    private CaptureRun capture(String... inner) {
        var paths = new ArrayList<>(List.of(root));
        for (String path : inner) {
            paths.add(at(path));
        }
        return new CaptureRun(scene.repository, paths.toArray(FilePath[]::new));
    }

    @Test
    void run_namedInAnExcludedFolder_isTakenAndNothingBesideIt() throws Exception {
        files("f", "cache/a", "cache/keep/b", "cache/keep/cache/c", "cache/keep/d.log", "other/cache/e");
        var run = capture("cache/keep").excludes("cache", "*.log");
        assertThat(scene.nodes(run.run())).containsOnlyKeys("f", "cache", "cache/keep", "cache/keep/b", "other");
        assertThat(run.events()).contains(new CaptureEvent.Excluded(at("cache"), "pattern cache"));
    }

    @Test
    void run_namedFileThatRulesWouldLeaveOut_isTaken() throws Exception {
        files("a.log", "b.log", "sub/c.log");
        var run = capture("a.log", "sub/c.log").excludes("*.log");
        assertThat(scene.nodes(run.run())).containsOnlyKeys("a.log", "sub", "sub/c.log");
        assertThat(scene.nodes(capture("b.log").excludeLargerThan(4).run())).containsOnlyKeys("b.log", "sub");
    }

    @Test
    void run_namedBelowMarkersAndCaches_isTaken() throws Exception {
        files("marked/.nobackup", "marked/a", "marked/in/deep/b", "cache/x", "cache/keep/y");
        Files.writeString(Path.of(at("cache/CACHEDIR.TAG").display()), "Signature: 8a477f597d28d172789f06886806bc55");
        var run = capture("marked/in/deep", "cache/keep")
                .excludeIfPresent(".nobackup")
                .excludeCaches();
        assertThat(scene.nodes(run.run()))
                .containsOnlyKeys(
                        "cache",
                        "cache/keep",
                        "cache/keep/y",
                        "marked",
                        "marked/in",
                        "marked/in/deep",
                        "marked/in/deep/b");
    }

    @Test
    void run_namedBehindAnotherFileSystem_isTaken() throws Exception {
        files("f", "mnt/below");
        var mount =
                HostTools.run(List.of("mount", "-t", "tmpfs", "tmpfs", at("mnt").display()), Path.of("/"));
        if (mount.exitCode() != 0) {
            assertThat(mount.stderr()).contains("permi");
            return;
        }
        try {
            files("mnt/sub/a", "mnt/b");
            assertThat(scene.nodes(capture("mnt/sub").oneFileSystem().run()))
                    .containsOnlyKeys("f", "mnt", "mnt/sub", "mnt/sub/a");
            assertThat(scene.nodes(capture("mnt").oneFileSystem().run()))
                    .containsOnlyKeys("f", "mnt", "mnt/b", "mnt/sub", "mnt/sub/a");
        } finally {
            assertThat(HostTools.run(List.of("umount", at("mnt").display()), Path.of("/"))
                            .exitCode())
                    .isZero();
        }
    }

    @Test
    void run_namedButNotThere_isAProblemUnlessOptional() throws Exception {
        files("f");
        assertThat(capture("missing/deep").run().problems())
                .extracting(CaptureProblem::path)
                .containsExactly(at("missing/deep"));
        var optional = capture("missing").optional(at("missing")).run();
        assertThat(optional.problems()).isEmpty();
        assertThat(optional.absent()).containsExactly(at("missing"));
    }

    @Test
    void run_namedBehindALinkOrInTheRepository_isAProblemThatSaysSo() throws Exception {
        files("real/x", "repository/config");
        directory.createSymlink(name("link"), "real".getBytes(StandardCharsets.UTF_8));
        var run = capture("link/x", "repository/config", "repository")
                .ownPlaces(OwnPlace.directory(directory.status(name("repository")), "the repository itself"));
        var problems = run.run().problems();
        assertThat(problems)
                .extracting(CaptureProblem::path)
                .containsExactly(at("link/x"), at("repository"), at("repository/config"));
        assertThat(problems.getFirst().reason()).contains("symbolic link");
        assertThat(problems.getLast().reason()).contains("never captured");
    }

    @Test
    void run_manyFilesNamedOneByOne_areAllRootsAndTheirFolderIsOpenedOnce() throws Exception {
        var paths = new ArrayList<FilePath>();
        for (int i = 0; i < 3000; i++) {
            files("d" + i % 3 + "/f" + i);
            paths.add(at("d" + i % 3 + "/f" + i));
        }
        var result = new CaptureRun(scene.repository, paths.toArray(FilePath[]::new)).run();
        assertThat(result.roots()).hasSize(3000).extracting(SnapshotRoot::path).containsAll(paths);
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void run_sourceThatIsALink_isFollowedKeptOrTold() throws Exception {
        files("real/x");
        directory.createSymlink(name("link"), "real".getBytes(StandardCharsets.UTF_8));
        directory.createSymlink(name("nowhere"), "missing".getBytes(StandardCharsets.UTF_8));
        var link = at("link");
        var followed = new CaptureRun(scene.repository, link)
                .link(link, SourceLink.FOLLOW)
                .run();
        assertThat(followed.counts().files()).isEqualTo(1);
        assertThat(followed.roots()).extracting(SnapshotRoot::path).containsExactly(link);
        var told = new CaptureRun(scene.repository, link).link(link, SourceLink.TELL);
        assertThat(told.run().counts().files()).isZero();
        assertThat(told.events()).contains(new CaptureEvent.LinkKept(link));
        var kept = new CaptureRun(scene.repository, at("nowhere"));
        assertThat(kept.run().problems()).isEmpty();
        for (var use : List.of(SourceLink.TELL, SourceLink.FOLLOW)) {
            var dangling = new CaptureRun(scene.repository, at("nowhere")).link(at("nowhere"), use);
            assertThat(dangling.run().problems())
                    .extracting(CaptureProblem::path)
                    .containsExactly(at("nowhere"));
        }
        // The same inside another source.
        assertThat(scene.nodes(capture("link").link(link, SourceLink.FOLLOW).run()))
                .containsKeys("link/x", "real/x");
    }

    /** Random trees, rules and sources: a source is taken as it would be alone, and what rules take anyway stays. */
    @RepeatedTest(20)
    void run_randomSources_takeWhatEachOfThemWouldTakeAlone(RepetitionInfo repetition) throws Exception {
        long seed = System.nanoTime() + repetition.getCurrentRepetition();
        var random = new Random(seed);
        var folders = new ArrayList<>(List.of(""));
        var all = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            String path = folders.get(random.nextInt(folders.size())) + "abc".charAt(random.nextInt(3));
            if (Files.notExists(Path.of(at(path).display()))) {
                if (random.nextBoolean()) {
                    Files.createDirectories(Path.of(at(path).display()));
                    folders.add(path + "/");
                } else {
                    files(path);
                }
                all.add(path);
            }
        }
        var rules = List.of("a", "/b", "c/", "a/b", "!b").subList(0, 1 + random.nextInt(4));
        var named = all.stream().filter(_ -> random.nextInt(4) == 0).toArray(String[]::new);
        var expected = new TreeSet<>(
                scene.nodes(capture().excludes(rules.toArray(String[]::new)).run())
                        .keySet());
        for (String path : named) {
            var alone = new CaptureRun(scene.repository, at(path))
                    .excludes(rules.toArray(String[]::new))
                    .run();
            var snapshot = SnapshotExamples.snapshot("a".repeat(64), Instant.EPOCH, alone.roots());
            if (alone.roots().getFirst().node() instanceof Node.Directory) {
                scene.nodes(snapshot, at(path)).keySet().forEach(below -> expected.add(path + "/" + below));
            }
            for (int end = path.length(); end >= 0; end = path.lastIndexOf('/', end - 1)) {
                expected.add(path.substring(0, end));
            }
        }
        expected.remove("");
        var found = scene.nodes(
                capture(named).excludes(rules.toArray(String[]::new)).run());
        assertThat(found.keySet())
                .as("seed %d, rules %s, named %s", seed, rules, List.of(named))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void run_fileWithoutSizeThatHasContent_isReadToItsEnd() throws Exception {
        var path = FilePath.of("/proc/version");
        var result = new CaptureRun(scene.repository, path).run();
        assertThat(result.counts().bytes()).isEqualTo(Files.readAllBytes(Path.of("/proc/version")).length);
        assertThat(result.problems()).isEmpty();
    }
}
