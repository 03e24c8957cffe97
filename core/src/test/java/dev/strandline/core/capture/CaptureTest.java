package dev.strandline.core.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.browse.TreeVisitor;
import dev.strandline.core.browse.TreeWalker;
import dev.strandline.core.capture.CaptureEvent.Change;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.CaptureProblem;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.testkit.CaptureRun;
import dev.strandline.core.testkit.DelegatingFileSystem;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.MemoryRepository;
import dev.strandline.core.testkit.OpenDescriptors;
import dev.strandline.core.testkit.SnapshotExamples;
import dev.strandline.core.testkit.TemporaryTree;
import dev.strandline.core.testkit.VarietyTree;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CaptureTest {
    private final MemoryRepository repository = new MemoryRepository();
    private TemporaryTree temporary;
    private FilePath root;
    private Directory directory;

    @BeforeEach
    void createRoot() throws IOException {
        temporary = TemporaryTree.create();
        root = temporary.createDirectory("root");
        directory = PosixFileSystem.open().openDirectory(root);
    }

    @AfterEach
    void removeRoot() throws IOException {
        directory.close();
        temporary.close();
    }

    private static FileName name(String name) {
        return FileName.of(name);
    }

    private static void file(Directory parent, String name, byte[] content) throws IOException {
        try (var file = parent.createFile(name(name))) {
            file.write(0, content, 0, content.length);
        }
    }

    private void file(String name) throws IOException {
        file(directory, name, name.getBytes(StandardCharsets.UTF_8));
    }

    private CaptureRun capture() {
        return new CaptureRun(repository, root);
    }

    /** All nodes of a snapshot by their path relative to the root. */
    private Map<String, Node> nodes(Snapshot snapshot, FilePath start) throws RepositoryException {
        var nodes = new TreeMap<String, Node>();
        var tree = new SnapshotTree(snapshot, repository.chunks());
        new TreeWalker(tree, repository.chunks(), new TreeVisitor() {
                    @Override
                    public boolean enter(FilePath path, Node.@Nullable Directory node) {
                        if (node != null) {
                            nodes.put(path.display(), node);
                        }
                        return true;
                    }

                    @Override
                    public void leave(FilePath path) {}

                    @Override
                    public void visit(FilePath path, Node node) {
                        nodes.put(path.display(), node);
                    }

                    @Override
                    public void damaged(FilePath path, DamageException damage) throws DamageException {
                        throw damage;
                    }
                })
                .walk(tree.at(start));
        nodes.remove(".");
        return nodes;
    }

    private Map<String, Node> nodes(CaptureResult result) throws RepositoryException {
        return nodes(SnapshotExamples.snapshot("a".repeat(64), Instant.EPOCH, result.roots()), root);
    }

    private Node.RegularFile regular(CaptureResult result, String path) throws RepositoryException {
        return (Node.RegularFile) nodes(result).get(path);
    }

    @Test
    void run_anyNumberOfWorkersAndAgain_givesEqualRoots() throws Exception {
        VarietyTree.create(root, 1);
        try (var generated = directory.createDirectory(name("generated"))) {
            var random = new Random(7);
            for (int i = 0; i < 300; i++) {
                byte[] content = new byte[random.nextInt(20) == 0 ? random.nextInt(3 << 20) : random.nextInt(5000)];
                random.nextBytes(content);
                file(generated, "file-" + i, content);
            }
        }
        var expected = capture().workers(1).run();
        assertThat(expected.problems()).isEmpty();
        for (int workers : new int[] {1, 2, 4, 4, 7}) {
            var again = new CaptureRun(new MemoryRepository(), root)
                    .workers(workers)
                    .run();
            assertThat(again).isEqualTo(expected);
        }
    }

    @Test
    void run_withParent_tellsWhatIsNewChangedAndUnmodified() throws Exception {
        file("same");
        file("changed");
        file("gone");
        var first = capture().commit();
        assertThat(capture().run().counts().filesNew()).isEqualTo(3);
        try (var changed = directory.openWritable(name("changed"))) {
            changed.write(0, new byte[100], 0, 100);
        }
        directory.removeFile(name("gone"));
        file("new");
        directory.createSymlink(name("link"), new byte[] {'x'});
        var run = capture().parent(first);
        var result = run.run();
        assertThat(result.counts()).isEqualTo(new CaptureCounts(3, 1, 1, 107, 1, 1, 1, 0, 0));
        assertThat(run.events())
                .containsExactly(
                        new CaptureEvent.Captured(root.resolve(name("changed")), Change.CHANGED),
                        new CaptureEvent.Captured(root.resolve(name("link")), Change.NEW),
                        new CaptureEvent.Captured(root.resolve(name("new")), Change.NEW),
                        new CaptureEvent.Captured(root.resolve(name("same")), Change.UNMODIFIED),
                        new CaptureEvent.Captured(root, Change.CHANGED));
    }

    @Test
    void run_rootThatTheParentDoesNotHave_isNewAndNothingIsUnreadable() throws Exception {
        file("f");
        var other = temporary.createDirectory("other");
        var first = new CaptureRun(repository, other).commit();
        var run = new CaptureRun(repository, root).parent(first);
        assertThat(run.run().counts().filesNew()).isEqualTo(1);
        assertThat(run.events()).noneMatch(CaptureEvent.ParentUnreadable.class::isInstance);
    }

    @Test
    void run_damagedParentTree_isToldAndTheCaptureIsTheSame() throws Exception {
        file("f");
        directory.createDirectory(name("d")).close();
        var first = capture().commit();
        var expected = capture().run();
        repository.chunks().ids(ChunkKind.TREE).forEach(repository.chunks()::damage);
        var run = capture().parent(first);
        assertThat(run.run()).isEqualTo(expected);
        assertThat(run.events()).anyMatch(CaptureEvent.ParentUnreadable.class::isInstance);
    }

    @Test
    void run_patterns_leaveOutAndTakeBack() throws Exception {
        for (String name : List.of("a.log", "keep.log", "b.txt")) {
            file(name);
        }
        try (var sub = directory.createDirectory(name("sub"))) {
            file(sub, "keep.log", new byte[1]);
            file(sub, "c.txt", new byte[1]);
        }
        try (var cache = directory.createDirectory(name("cache"))) {
            file(cache, "x", new byte[1]);
        }
        var run = capture().excludes("*.log", "!/keep.log", "cache/", root.display() + "/sub/c.txt");
        assertThat(nodes(run.run())).containsOnlyKeys("b.txt", "keep.log", "sub");
        assertThat(run.events())
                .contains(new CaptureEvent.Excluded(root.resolve(name("cache")), "pattern cache/"))
                .contains(new CaptureEvent.Excluded(root.resolve(name("a.log")), "pattern *.log"));
    }

    @Test
    void run_markersSizesAndTheRepository_areLeftOut() throws Exception {
        file("small");
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
        var run = capture()
                .excludeCaches()
                .excludeIfPresent(".nobackup")
                .excludeLargerThan(1000)
                .excludedDirectory(directory.status(name("repository")));
        assertThat(nodes(run.run())).containsOnlyKeys("no-cache", "no-cache/CACHEDIR.TAG", "small");
        assertThat(run.events())
                .contains(
                        new CaptureEvent.Excluded(root.resolve(name("cache")), "tagged as a cache"),
                        new CaptureEvent.Excluded(root.resolve(name("marked")), "holds .nobackup"),
                        new CaptureEvent.Excluded(root.resolve(name("large")), "larger than 1000 bytes"),
                        new CaptureEvent.RepositoryExcluded(root.resolve(name("repository"))));
    }

    private static boolean isRoot() {
        return PosixFileSystem.open().effectiveUserId() == 0;
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
        file("f");
        mounted("tmpfs", "mount", () -> {
            try (var mount = directory.openDirectory(name("mount"))) {
                file(mount, "inside", new byte[1]);
                assertThat(nodes(capture().run())).containsOnlyKeys("f", "mount", "mount/inside");
                var run = capture().oneFileSystem();
                assertThat(nodes(run.run())).containsOnlyKeys("f");
                assertThat(run.events())
                        .contains(new CaptureEvent.Excluded(root.resolve(name("mount")), "another file system"));
            } catch (IOException | RepositoryException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void run_fileSystemMadeUpByTheKernel_isLeftOut() throws Exception {
        file("f");
        mounted("proc", "proc", () -> {
            try {
                var run = capture();
                assertThat(nodes(run.run())).containsOnlyKeys("f");
                assertThat(run.events())
                        .contains(new CaptureEvent.Excluded(
                                root.resolve(name("proc")), "made up by the kernel, not files"));
            } catch (RepositoryException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void run_hardLinksAcrossDirectoriesAndRoots_shareAGroup() throws Exception {
        var second = temporary.createDirectory("second");
        file("one");
        file("alone");
        try (var sub = directory.createDirectory(name("sub"));
                var secondDirectory = PosixFileSystem.open().openDirectory(second)) {
            directory.link(name("one"), sub, name("two"));
            directory.link(name("one"), secondDirectory, name("three"));
        }
        var snapshot = new CaptureRun(repository, second, root, root).commit();
        assertThat(snapshot.record().roots()).hasSize(2);
        var first = nodes(snapshot, root);
        var one = first.get("one");
        assertThat(one.metadata().linkGroup()).isPresent();
        assertThat(first.get("sub/two")).isEqualTo(one);
        assertThat(nodes(snapshot, second).get("three")).isEqualTo(one);
        assertThat(first.get("alone").metadata().linkGroup()).isEmpty();
    }

    @Test
    void run_moreHardLinksThanABatchHolds_areOneInode() throws Exception {
        file("link");
        for (int i = 0; i < 350; i++) {
            directory.link(name("link"), directory, name("link-" + i));
        }
        var nodes = nodes(capture().run());
        assertThat(nodes).hasSize(351);
        assertThat(nodes.values().stream().distinct()).hasSize(1);
    }

    @Test
    void run_nestedRootsFilesAndSymlinksAsRoots_areCapturedOnce() throws Exception {
        file("f");
        directory.createSymlink(name("s"), new byte[] {'f'});
        directory.createDirectory(name("d")).close();
        var nested = new CaptureRun(repository, root.resolve(name("d")), root, root.resolve(name("f"))).commit();
        assertThat(nested.record().roots()).hasSize(1);
        assertThat(nodes(nested, root)).containsOnlyKeys("d", "f", "s");

        var single = new CaptureRun(repository, root.resolve(name("s")), root.resolve(name("f"))).commit();
        assertThat(single.record().roots())
                .extracting(r -> r.node().type())
                .containsExactly(FileType.REGULAR, FileType.SYMLINK);
    }

    @Test
    void run_missingRoot_isAProblemAndTheOthersAreCaptured() throws Exception {
        file("f");
        var missing = root.resolve(name("missing"));
        var deeper = root.resolve(name("nor")).resolve(name("this"));
        var result = new CaptureRun(repository, missing, root.resolve(name("f")), deeper).run();
        assertThat(result.roots()).hasSize(1);
        assertThat(result.problems()).extracting(CaptureProblem::path).containsExactly(missing, deeper);
        assertThat(result.counts().unreadable()).isEqualTo(2);
    }

    /** A host where something happens once, just before a call on the entry of that name. */
    private CaptureRun captureWith(DelegatingFileSystem.Intervention intervention) {
        return capture().host(new DelegatingFileSystem(PosixFileSystem.open(), intervention));
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
            file(name);
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
        assertThat(nodes(result)).containsOnlyKeys("a", "c", "e");
        assertThat(result.problems())
                .extracting(problem -> problem.path().name().display())
                .containsExactlyInAnyOrder("b", "d");
    }

    @Test
    void run_moreProblemsThanARecordHolds_areCountedAll() throws Exception {
        for (int i = 0; i < 130; i++) {
            file("f" + i);
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
        file("early");
        file("late");
        file("stays");
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
        assertThat(nodes(result)).containsOnlyKeys("stays");
        assertThat(result.problems()).isEmpty();
        assertThat(run.events())
                .contains(new CaptureEvent.Vanished(root.resolve(name("early"))))
                .contains(new CaptureEvent.Vanished(root.resolve(name("late"))));
    }

    @Test
    void run_fileReplacedByFifoOrSymlink_isAProblemAndNothingHangs() throws Exception {
        for (FileType type : List.of(FileType.FIFO, FileType.SYMLINK)) {
            file("f");
            var result = captureWith(beforeOpening("f", () -> {
                        directory.removeFile(name("f"));
                        if (type == FileType.FIFO) {
                            directory.createSpecial(name("f"), FileType.FIFO, 0, 0);
                        } else {
                            directory.createSymlink(name("f"), "/etc/passwd".getBytes(StandardCharsets.US_ASCII));
                        }
                    }))
                    .run();
            assertThat(nodes(result)).isEmpty();
            assertThat(result.problems()).hasSize(1);
            directory.removeFile(name("f"));
        }
    }

    @Test
    void run_nameOfALinkedFileReplaced_neverGivesItsOtherNameThatContent() throws Exception {
        file("a");
        directory.link(name("a"), directory, name("b"));
        var result = captureWith(beforeOpening("a", () -> {
                    file("new");
                    directory.rename(name("new"), directory, name("a"), false);
                }))
                .run();
        assertThat(nodes(result)).isEmpty();
        assertThat(result.problems()).hasSize(2);
    }

    @Test
    void run_firstNameOfALinkedFileVanishes_theOtherIsNotLostInSilence() throws Exception {
        file("a");
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
            var node = regular(result, "f");
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
        assertThat(regular(result, "f").changedWhileRead()).isTrue();
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
    void run_sparseFile_keepsItsHoles() throws Exception {
        long size = 20L << 30;
        try (var sparse = directory.createFile(name("sparse"))) {
            sparse.setSize(size);
            sparse.write(5L << 30, new byte[] {1}, 0, 1);
        }
        var content = (ChunkStream.Direct) regular(capture().run(), "sparse").content();
        assertThat(content.sizeBytes()).isEqualTo(size);
        assertThat(content.extents()).hasSize(3);
        assertThat(content.extents().get(0)).isEqualTo(new Extent.Hole(5L << 30));
        assertThat(content.extents().get(2)).isInstanceOf(Extent.Hole.class);
        assertThat(repository.chunks().addedBytes()).isLessThan(1 << 20);
    }

    @Test
    void run_twoThousandLevels_areCaptured() throws Exception {
        var levels = new ArrayList<Directory>(List.of(directory));
        for (int i = 0; i < 2000; i++) {
            levels.add(levels.getLast().createDirectory(name("d")));
        }
        file(levels.getLast(), "f", new byte[1]);
        levels.subList(1, levels.size()).forEach(Directory::close);
        var result = capture().run();
        assertThat(result.problems()).isEmpty();
        assertThat(result.counts().directories()).isEqualTo(2001);
        assertThat(result.counts().files()).isEqualTo(1);
        removeDeep();
    }

    /** The tree's own removal would take a stack frame a level. */
    private void removeDeep() {
        HostTools.run(List.of("rm", "-rf", root.resolve(name("d")).display()), Path.of("/"));
    }

    @Test
    void run_twentyThousandEntries_areCapturedInOrder() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            directory.createFile(name("file-" + i)).close();
        }
        var run = capture();
        var result = run.run();
        assertThat(result.counts().files()).isEqualTo(20_000);
        assertThat(nodes(result)).hasSize(20_000);
        assertThat(run.events()).hasSize(20_001);
        // Again with one more: nearly all of the tree is shared.
        long before = repository.chunks().addedBytes();
        directory.createFile(name("file-7x")).close();
        capture().run();
        assertThat(repository.chunks().addedBytes() - before).isLessThan(1 << 20);
    }

    @Test
    void run_cancelledAnywhere_stopsAndHoldsNothingOpen() throws Exception {
        VarietyTree.create(root, 2);
        var asked = new AtomicInteger();
        capture().cancelled(() -> asked.incrementAndGet() < 0).run();
        for (int stopAt = 1; stopAt < asked.get(); stopAt += 1 + asked.get() / 40) {
            int limit = stopAt;
            var count = new AtomicInteger();
            assertThatThrownBy(() -> capture()
                            .cancelled(() -> count.incrementAndGet() > limit)
                            .run())
                    .isInstanceOf(CaptureCancelledException.class);
            assertThat(OpenDescriptors.below(root.display() + "/")).isEmpty();
        }
        capture().run();
        assertThat(OpenDescriptors.below(root.display() + "/")).isEmpty();
    }

    @Test
    void run_inputStream_isOneFileWithTheChunksThatAFileWouldHave() throws Exception {
        byte[] content = new byte[2 << 20];
        new Random(3).nextBytes(content);
        file(directory, "f", content);
        var expected = regular(capture().run(), "f").content();
        var capture = new Capture(
                PosixFileSystem.open(), repository.gearTable(), options(), _ -> {}, new CaptureProgress(), () -> false);
        var result = capture.run(
                repository.write(), new ByteArrayInputStream(content), FilePath.of("/dump.sql"), Instant.EPOCH);
        assertThat(((Node.RegularFile) result.roots().getFirst().node()).content())
                .isEqualTo(expected);
        assertThat(result.counts().bytes()).isEqualTo(content.length);
        var broken = InputStream.nullInputStream();
        broken.close();
        assertThatThrownBy(() -> capture.run(repository.write(), broken, FilePath.of("/dump.sql"), Instant.EPOCH))
                .isInstanceOf(IOException.class);
    }

    private CaptureOptions options() {
        return new CaptureOptions(
                List.of(root),
                dev.strandline.core.pattern.IgnoreRules.NONE,
                false,
                false,
                List.of(),
                Long.MAX_VALUE,
                List.of(),
                1);
    }

    @Test
    void run_unreadableDirectoryAsAnotherUser_isAProblem() throws Exception {
        try (var closed = directory.createDirectory(name("closed"))) {
            file(closed, "f", new byte[1]);
            closed.setMode(0);
        }
        file("open");
        var result = capture().run();
        assertThat(result.problems()).hasSize(isRoot() ? 0 : 1);
        assertThat(nodes(result)).containsKey("open");
        assertThat(result.roots()).isNotEqualTo(Optional.empty());
    }
}
