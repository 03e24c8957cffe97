package dev.strandline.core.capture;

import static dev.strandline.core.testkit.SourceTree.file;
import static dev.strandline.core.testkit.SourceTree.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.CaptureProblem;
import dev.strandline.core.testkit.CaptureRun;
import dev.strandline.core.testkit.DelegatingFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Sources with something that can't be read, vanishes, is swapped, or changes while it is read. */
class CaptureTroubleTest {
    @AutoClose
    private final CaptureScene scene = new CaptureScene();

    private final FilePath root = scene.root;
    private final Directory directory = scene.directory;

    private static boolean isRoot() {
        return PosixFileSystem.open().effectiveUserId() == 0;
    }

    @Test
    void run_missingRoot_isAProblemAndTheOthersAreCaptured() throws Exception {
        scene.file("f");
        var missing = root.resolve(name("missing"));
        var deeper = root.resolve(name("nor")).resolve(name("this"));
        var result = new CaptureRun(scene.repository, missing, root.resolve(name("f")), deeper).run();
        assertThat(result.roots()).hasSize(1);
        assertThat(result.problems()).extracting(CaptureProblem::path).containsExactly(missing, deeper);
        assertThat(result.counts().unreadable()).isEqualTo(2);
    }

    /** A host where something happens once, just before a call on the entry of that name. */
    private CaptureRun captureWith(DelegatingFileSystem.Intervention intervention) {
        return scene.capture().host(new DelegatingFileSystem(PosixFileSystem.open(), intervention));
    }

    private interface Act {
        void run() throws IOException;
    }

    private DelegatingFileSystem.Intervention beforeOpening(String name, Act act) {
        var done = new AtomicBoolean();
        return new DelegatingFileSystem.Intervention() {
            @Override
            public void beforeOpen(FilePath path) throws IOException {
                if (path.equals(root.resolve(name(name))) && !done.getAndSet(true)) {
                    act.run();
                }
            }
        };
    }

    @Test
    void run_entriesThatCannotBeRead_areProblemsAndTheRestIsThere() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            scene.file(name);
        }
        directory.createDirectory(name("d")).close();
        directory.createDirectory(name("e")).close();
        var result = captureWith(new DelegatingFileSystem.Intervention() {
                    @Override
                    public void beforeOpen(FilePath path) throws IOException {
                        if (path.display().endsWith("/b") || path.display().endsWith("/d")) {
                            throw new IOException(path.display() + ": broken");
                        }
                    }
                })
                .run();
        assertThat(scene.nodes(result)).containsOnlyKeys("a", "c", "e");
        assertThat(result.problems())
                .extracting(problem -> problem.path().name().display())
                .containsExactlyInAnyOrder("b", "d");
    }

    @Test
    void run_moreProblemsThanARecordHolds_areCountedAll() throws Exception {
        for (int i = 0; i < 130; i++) {
            scene.file("f" + i);
        }
        var run = captureWith(new DelegatingFileSystem.Intervention() {
            @Override
            public void beforeOpen(FilePath path) throws IOException {
                if (path.name().display().startsWith("f")) {
                    throw new IOException("broken");
                }
            }
        });
        var result = run.run();
        assertThat(result.problems()).hasSize(100);
        assertThat(result.counts().unreadable()).isEqualTo(130);
        assertThat(run.events().stream().filter(CaptureEvent.Problem.class::isInstance))
                .hasSize(130);
    }

    @Test
    void run_entryThatVanishes_isToldAndNoProblem() throws Exception {
        scene.file("early");
        scene.file("late");
        scene.file("stays");
        var run = captureWith(new DelegatingFileSystem.Intervention() {
            @Override
            public void beforeStatus(FilePath path) throws IOException {
                if (path.equals(root.resolve(name("early")))) {
                    directory.removeFile(name("early"));
                }
            }

            @Override
            public void beforeOpen(FilePath path) throws IOException {
                if (path.equals(root.resolve(name("late")))) {
                    directory.removeFile(name("late"));
                }
            }
        });
        var result = run.run();
        assertThat(scene.nodes(result)).containsOnlyKeys("stays");
        assertThat(result.problems()).isEmpty();
        assertThat(run.events())
                .contains(new CaptureEvent.Vanished(root.resolve(name("early"))))
                .contains(new CaptureEvent.Vanished(root.resolve(name("late"))));
    }

    @Test
    void run_fileReplacedByFifoOrSymlink_isAProblemAndNothingHangs() throws Exception {
        for (FileType type : List.of(FileType.FIFO, FileType.SYMLINK)) {
            scene.file("f");
            var result = captureWith(beforeOpening("f", () -> {
                        directory.removeFile(name("f"));
                        if (type == FileType.FIFO) {
                            directory.createSpecial(name("f"), FileType.FIFO, 0, 0);
                        } else {
                            directory.createSymlink(name("f"), "/etc/passwd".getBytes(StandardCharsets.US_ASCII));
                        }
                    }))
                    .run();
            assertThat(scene.nodes(result)).isEmpty();
            assertThat(result.problems()).hasSize(1);
            directory.removeFile(name("f"));
        }
    }

    @Test
    void run_nameOfALinkedFileReplaced_neverGivesItsOtherNameThatContent() throws Exception {
        scene.file("a");
        directory.link(name("a"), directory, name("b"));
        var result = captureWith(beforeOpening("a", () -> {
                    scene.file("new");
                    directory.rename(name("new"), directory, name("a"), false);
                }))
                .run();
        assertThat(scene.nodes(result)).isEmpty();
        assertThat(result.problems()).hasSize(2);
    }

    @Test
    void run_firstNameOfALinkedFileVanishes_theOtherIsNotLostInSilence() throws Exception {
        scene.file("a");
        directory.link(name("a"), directory, name("b"));
        var run = captureWith(beforeOpening("a", () -> directory.removeFile(name("a"))));
        var result = run.run();
        assertThat(run.events()).contains(new CaptureEvent.Vanished(root.resolve(name("a"))));
        assertThat(result.problems()).extracting(CaptureProblem::path).containsExactly(root.resolve(name("b")));
    }

    /** Does something to the file each time before it is read from its start. */
    private CaptureRun captureChanging(int times, Act act) {
        var done = new AtomicInteger();
        return captureWith(new DelegatingFileSystem.Intervention() {
            @Override
            public void beforeRead(FilePath path, long position) throws IOException {
                if (position == 0 && done.getAndIncrement() < times) {
                    act.run();
                }
            }
        });
    }

    private void rewrite(int length) throws IOException {
        try (var file = directory.openWritable(name("f"))) {
            file.setSize(length);
            file.write(length - 1, new byte[] {7}, 0, 1);
            file.setModified(new FileTime(length, 0));
        }
    }

    @Test
    void run_fileThatChangesOnceWhileRead_isReadAgain() throws Exception {
        for (int length : new int[] {1000, 100_000, 300_000}) {
            file(directory, "f", new byte[150_000]);
            var result = captureChanging(1, () -> rewrite(length)).run();
            var node = scene.regular(result, "f");
            assertThat(node.changedWhileRead()).isFalse();
            assertThat(node.content().sizeBytes()).isEqualTo(length);
            assertThat(node.metadata().modified()).isEqualTo(new FileTime(length, 0));
            directory.removeFile(name("f"));
        }
    }

    @Test
    void run_fileThatNeverHoldsStill_isKeptAndMarked() throws Exception {
        file(directory, "f", new byte[150_000]);
        var length = new AtomicInteger(150_000);
        var run = captureChanging(100, () -> rewrite(length.addAndGet(-1000)));
        var result = run.run();
        assertThat(scene.regular(result, "f").changedWhileRead()).isTrue();
        assertThat(result.counts().changedWhileRead()).isEqualTo(1);
        assertThat(run.events()).contains(new CaptureEvent.ChangedWhileRead(root.resolve(name("f"))));
    }

    @Test
    void run_readErrorInTheMiddle_isAProblem() throws Exception {
        file(directory, "f", new byte[9 << 20]);
        var result = captureWith(new DelegatingFileSystem.Intervention() {
                    @Override
                    public void beforeRead(FilePath path, long position) throws IOException {
                        if (position > 0) {
                            throw new IOException("input/output error");
                        }
                    }
                })
                .run();
        assertThat(result.problems())
                .containsExactly(new CaptureProblem(root.resolve(name("f")), "input/output error"));
    }

    @Test
    void run_unreadableDirectoryAsAnotherUser_isAProblem() throws Exception {
        try (var closed = directory.createDirectory(name("closed"))) {
            file(closed, "f", new byte[1]);
            closed.setMode(0);
        }
        scene.file("open");
        var result = scene.capture().run();
        assertThat(result.problems()).hasSize(isRoot() ? 0 : 1);
        assertThat(scene.nodes(result)).containsKey("open");
        assertThat(result.roots()).isNotEqualTo(Optional.empty());
    }
}
