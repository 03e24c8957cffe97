package dev.strandline.core.capture;

import static dev.strandline.core.testkit.SourceTree.file;
import static dev.strandline.core.testkit.SourceTree.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.capture.CaptureEvent.Change;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.testkit.CaptureRun;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.MemoryRepository;
import dev.strandline.core.testkit.OpenDescriptors;
import dev.strandline.core.testkit.VarietyTree;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a snapshot holds of a folder that can be read and holds still. */
class CapturedTreeTest {
    @AutoClose
    private final CaptureScene scene = new CaptureScene();

    private final FilePath root = scene.root;
    private final Directory directory = scene.directory;

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
        var expected = scene.capture().workers(1).run();
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
        scene.file("same");
        scene.file("changed");
        scene.file("gone");
        var first = scene.capture().commit();
        assertThat(scene.capture().run().counts().filesNew()).isEqualTo(3);
        try (var changed = directory.openWritable(name("changed"))) {
            changed.write(0, new byte[100], 0, 100);
        }
        directory.removeFile(name("gone"));
        scene.file("new");
        directory.createSymlink(name("link"), new byte[] {'x'});
        var run = scene.capture().parent(first);
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
        scene.file("f");
        var other = scene.temporary.createDirectory("other");
        var first = new CaptureRun(scene.repository, other).commit();
        var run = new CaptureRun(scene.repository, root).parent(first);
        assertThat(run.run().counts().filesNew()).isEqualTo(1);
        assertThat(run.events()).noneMatch(CaptureEvent.ParentUnreadable.class::isInstance);
    }

    @Test
    void run_damagedParentTree_isToldAndTheCaptureIsTheSame() throws Exception {
        scene.file("f");
        directory.createDirectory(name("d")).close();
        var first = scene.capture().commit();
        var expected = scene.capture().run();
        scene.repository.chunks().ids(ChunkKind.TREE).forEach(scene.repository.chunks()::damage);
        var run = scene.capture().parent(first);
        assertThat(run.run()).isEqualTo(expected);
        assertThat(run.events()).anyMatch(CaptureEvent.ParentUnreadable.class::isInstance);
    }

    @Test
    void run_hardLinksAcrossDirectoriesAndRoots_shareAGroup() throws Exception {
        var second = scene.temporary.createDirectory("second");
        scene.file("one");
        scene.file("alone");
        try (var sub = directory.createDirectory(name("sub"));
                var secondDirectory = PosixFileSystem.open().openDirectory(second)) {
            directory.link(name("one"), sub, name("two"));
            directory.link(name("one"), secondDirectory, name("three"));
        }
        var snapshot = new CaptureRun(scene.repository, second, root, root).commit();
        assertThat(snapshot.record().roots()).hasSize(2);
        var first = scene.nodes(snapshot, root);
        var one = first.get("one");
        assertThat(one.metadata().linkGroup()).isPresent();
        assertThat(first.get("sub/two")).isEqualTo(one);
        assertThat(scene.nodes(snapshot, second).get("three")).isEqualTo(one);
        assertThat(first.get("alone").metadata().linkGroup()).isEmpty();
    }

    @Test
    void run_moreHardLinksThanABatchHolds_areOneInode() throws Exception {
        scene.file("link");
        for (int i = 0; i < 350; i++) {
            directory.link(name("link"), directory, name("link-" + i));
        }
        var nodes = scene.nodes(scene.capture().run());
        assertThat(nodes).hasSize(351);
        assertThat(nodes.values().stream().distinct()).hasSize(1);
    }

    @Test
    void run_nestedRootsFilesAndSymlinksAsRoots_areCapturedOnce() throws Exception {
        scene.file("f");
        directory.createSymlink(name("s"), new byte[] {'f'});
        directory.createDirectory(name("d")).close();
        var nested = new CaptureRun(scene.repository, root.resolve(name("d")), root, root.resolve(name("f"))).commit();
        assertThat(nested.record().roots()).hasSize(1);
        assertThat(scene.nodes(nested, root)).containsOnlyKeys("d", "f", "s");

        var single = new CaptureRun(scene.repository, root.resolve(name("s")), root.resolve(name("f"))).commit();
        assertThat(single.record().roots())
                .extracting(r -> r.node().type())
                .containsExactly(FileType.REGULAR, FileType.SYMLINK);
    }

    @Test
    void run_sparseFile_keepsItsHoles() throws Exception {
        long size = 20L << 30;
        try (var sparse = directory.createFile(name("sparse"))) {
            sparse.setSize(size);
            sparse.write(5L << 30, new byte[] {1}, 0, 1);
        }
        var content = (ChunkStream.Direct)
                scene.regular(scene.capture().run(), "sparse").content();
        assertThat(content.sizeBytes()).isEqualTo(size);
        assertThat(content.extents()).hasSize(3);
        assertThat(content.extents().get(0)).isEqualTo(new Extent.Hole(5L << 30));
        assertThat(content.extents().get(2)).isInstanceOf(Extent.Hole.class);
        assertThat(scene.repository.chunks().addedBytes()).isLessThan(1 << 20);
    }

    @Test
    void run_twoThousandLevels_areCaptured() throws Exception {
        var levels = new ArrayList<Directory>(List.of(directory));
        for (int i = 0; i < 2000; i++) {
            levels.add(levels.getLast().createDirectory(name("d")));
        }
        file(levels.getLast(), "f", new byte[1]);
        levels.subList(1, levels.size()).forEach(Directory::close);
        var result = scene.capture().run();
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
        var run = scene.capture();
        var result = run.run();
        assertThat(result.counts().files()).isEqualTo(20_000);
        assertThat(scene.nodes(result)).hasSize(20_000);
        assertThat(run.events()).hasSize(20_001);
        // Again with one more: nearly all of the tree is shared.
        long before = scene.repository.chunks().addedBytes();
        directory.createFile(name("file-7x")).close();
        scene.capture().run();
        assertThat(scene.repository.chunks().addedBytes() - before).isLessThan(1 << 20);
    }

    @Test
    void run_cancelledAnywhere_stopsAndHoldsNothingOpen() throws Exception {
        VarietyTree.create(root, 2);
        var asked = new AtomicInteger();
        scene.capture().cancelled(() -> asked.incrementAndGet() < 0).run();
        for (int stopAt = 1; stopAt < asked.get(); stopAt += 1 + asked.get() / 40) {
            int limit = stopAt;
            var count = new AtomicInteger();
            assertThatThrownBy(() -> scene.capture()
                            .cancelled(() -> count.incrementAndGet() > limit)
                            .run())
                    .isInstanceOf(CaptureCancelledException.class);
            assertThat(OpenDescriptors.below(root.display() + "/")).isEmpty();
        }
        scene.capture().run();
        assertThat(OpenDescriptors.below(root.display() + "/")).isEmpty();
    }

    @Test
    void run_inputStream_isOneFileWithTheChunksThatAFileWouldHave() throws Exception {
        byte[] content = new byte[2 << 20];
        new Random(3).nextBytes(content);
        file(directory, "f", content);
        var expected = scene.regular(scene.capture().run(), "f").content();
        var capture = new Capture(
                PosixFileSystem.open(),
                scene.repository.gearTable(),
                options(),
                _ -> {},
                new CaptureProgress(),
                () -> false);
        var result = capture.run(
                scene.repository.write(), new ByteArrayInputStream(content), FilePath.of("/dump.sql"), Instant.EPOCH);
        assertThat(((Node.RegularFile) result.roots().getFirst().node()).content())
                .isEqualTo(expected);
        assertThat(result.counts().bytes()).isEqualTo(content.length);
        var broken = InputStream.nullInputStream();
        broken.close();
        assertThatThrownBy(() -> capture.run(scene.repository.write(), broken, FilePath.of("/dump.sql"), Instant.EPOCH))
                .isInstanceOf(IOException.class);
    }

    private CaptureOptions options() {
        return new CaptureOptions(List.of(CaptureSource.whole(root)), List.of(), 1);
    }

    @Test
    void run_sizesBeyondAllNumbers_saturate() throws Exception {
        // Only a file system in memory takes such files.
        var folder = Files.createTempDirectory(Path.of("/dev/shm"), "strandline-sizes-");
        try {
            for (String name : List.of("a", "b")) {
                try (var file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
                    file.setLength(Long.MAX_VALUE & -4096L);
                }
            }
            var result = new CaptureRun(scene.repository, FilePath.of(folder.toString())).run();
            assertThat(result.problems()).isEmpty();
            assertThat(result.counts().bytes()).isEqualTo(Long.MAX_VALUE);
        } finally {
            for (String name : List.of("a", "b")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }
}
