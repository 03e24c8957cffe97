package dev.strandline.core.capture;

import static dev.strandline.core.testkit.SourceTree.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.CaptureProblem;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.testkit.CaptureRun;
import dev.strandline.core.testkit.DelegatingFileSystem;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.SnapshotExamples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories that are captured as if they were somewhere else. */
class CaptureElsewhereTest {
    private static final FilePath APP = FilePath.of("/opt/app");

    @AutoClose
    private final CaptureScene scene = new CaptureScene();

    private final FilePath root = scene.root;

    private CaptureRun captureAs(FilePath path) {
        return new CaptureRun(scene.repository, path).readFrom(path, root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/opt/app", "/"})
    void run_readElsewhere_isTheSameTreeAtTheOtherPath(String path) throws Exception {
        scene.file("f");
        scene.directory.createDirectory(name("folder")).close();
        var result = captureAs(FilePath.of(path)).run();
        assertThat(result.roots()).extracting(SnapshotRoot::path).containsExactly(FilePath.of(path));
        assertThat(result.roots())
                .extracting(SnapshotRoot::node)
                .isEqualTo(scene.capture().run().roots().stream()
                        .map(SnapshotRoot::node)
                        .toList());
    }

    @Test
    void run_otherCopyOfTheSamePath_isComparedWithTheOneBefore() throws Exception {
        scene.file("same");
        scene.file("gone");
        var copy = scene.temporary.createDirectory("copy");
        HostTools.run(List.of("cp", "-a", root.display() + "/.", copy.display()), Path.of("/"));
        var first = captureAs(APP).commit();
        scene.directory.removeFile(name("gone"));
        scene.file("new");
        var run = captureAs(APP).readFrom(APP, copy).parent(first);
        assertThat(run.run().counts().filesUnmodified()).isEqualTo(2);
        assertThat(captureAs(APP).parent(first).run().counts()).isEqualTo(new CaptureCounts(2, 1, 0, 7, 1, 0, 1, 0, 0));
    }

    @Test
    void run_unreadableFile_isToldWhereItIsAndRecordedWhereItBelongs() throws Exception {
        scene.file("f");
        var broken = root.resolve(name("f"));
        var run = captureAs(APP)
                .host(new DelegatingFileSystem(PosixFileSystem.open(), new DelegatingFileSystem.Intervention() {
                    @Override
                    public void beforeOpen(FilePath path) throws IOException {
                        if (path.equals(broken)) {
                            throw new IOException("broken");
                        }
                    }
                }));
        assertThat(run.run().problems()).containsExactly(new CaptureProblem(APP.resolve(name("f")), "broken"));
        assertThat(run.events())
                .containsExactly(
                        new CaptureEvent.Problem(new CaptureProblem(broken, "broken")),
                        new CaptureEvent.Captured(root, CaptureEvent.Change.NEW));
    }

    @Test
    void run_placeMissing_isAProblemThatNamesIt() throws Exception {
        var missing = root.resolve(name("missing"));
        var run = captureAs(APP).readFrom(APP, missing);
        assertThat(run.run().roots()).isEmpty();
        assertThat(run.events())
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                CaptureEvent.Problem.class,
                                problem -> assertThat(problem.problem().path()).isEqualTo(missing)));
        assertThat(captureAs(APP).readFrom(APP, missing).optional(APP).run().absent())
                .containsExactly(APP);
    }

    @Test
    void run_exclusions_speakOfThePathThatIsStored() throws Exception {
        scene.file("a.log");
        scene.file("b");
        scene.file("c");
        var run = captureAs(APP).excludes("*.log", "/opt/app/b").oneFileSystem();
        var snapshot = SnapshotExamples.snapshot(
                "a".repeat(64), Instant.EPOCH, run.run().roots());
        assertThat(scene.nodes(snapshot, APP)).containsOnlyKeys("c");
        assertThat(run.events()).contains(new CaptureEvent.Excluded(root.resolve(name("a.log")), "pattern *.log"));
    }

    @Test
    void run_repositoryAtThePlace_isLeftOut() throws Exception {
        scene.directory.createDirectory(name("repository")).close();
        var run = captureAs(APP)
                .ownPlaces(OwnPlace.directory(scene.directory.status(name("repository")), "the repository itself"));
        run.run();
        assertThat(run.events())
                .contains(new CaptureEvent.OwnPlaceExcluded(root.resolve(name("repository")), "the repository itself"));
    }
}
