package dev.strandline.core.restore;

import static dev.strandline.core.restore.RestoreScene.HOST;
import static dev.strandline.core.restore.RestoreScene.random;
import static dev.strandline.core.testkit.SourceTree.file;
import static dev.strandline.core.testkit.SourceTree.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.restore.RestoreProblem.Aspect;
import dev.strandline.core.testkit.DelegatingFileSystem;
import dev.strandline.core.testkit.MemoryChunkStore;
import dev.strandline.core.testkit.OpenDescriptors;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Damage in the repository, and a target that is not as it should be. */
class RestoreTroubleTest {
    @AutoClose
    private final RestoreScene scene = new RestoreScene();

    private final FilePath root = scene.root;
    private final Directory directory = scene.directory;
    private final FilePath target = scene.target;

    @Test
    void execute_damagedChunk_leavesNoFileOfItAndRestoresTheOthers() throws Exception {
        byte[] damaged = random(1, 100_000);
        file(directory, "a-good", random(2, 100_000));
        file(directory, "b-damaged", damaged);
        directory.link(name("b-damaged"), directory, name("c-link"));
        file(directory, "d-empty", new byte[0]);
        // More folders than two waves hold, so that the last names come when their files were done with already.
        for (int i = 0; i < 650; i++) {
            try (var folder = directory.createDirectory(name("e-%03d".formatted(i)))) {
                file(folder, "f", random(i, 10));
            }
        }
        directory.link(name("b-damaged"), directory, name("z-link"));
        directory.link(name("a-good"), directory, name("z-good"));
        var snapshot = scene.capture();
        scene.repository.chunks().damage(MemoryChunkStore.idOf(damaged, 0, damaged.length));
        var plan = scene.plan(snapshot, root, RestoreFilter.ALL);
        var report = scene.execute(plan);
        assertThat(report.problems()).hasSize(3).allMatch(problem -> problem.aspect() == Aspect.DAMAGE);
        assertThat(report.problems())
                .extracting(problem -> problem.path().display())
                .containsExactlyInAnyOrder("b-damaged", "c-link", "z-link");
        assertThat(scene.targetNames())
                .hasSize(653)
                .contains("a-good", "d-empty", "z-good")
                .doesNotContain("b-damaged", "z-link");
        assertThat(scene.verify(plan, report).problems()).isEmpty();
        assertThat(OpenDescriptors.below(target.display())).isEmpty();
    }

    @Test
    void execute_lostTree_reportsTheDirectoryAndRestoresTheOthers() throws Exception {
        try (var lost = directory.createDirectory(name("lost"))) {
            file(lost, "f", new byte[10]);
        }
        var before = scene.repository.chunks().ids(ChunkKind.TREE);
        scene.capture();
        try (var kept = directory.createDirectory(name("kept"))) {
            file(kept, "g", new byte[10]);
        }
        assertThat(before).isEmpty();
        var snapshot = scene.capture();
        var tree = new SnapshotTree(snapshot, scene.repository.chunks());
        var lost = (SnapshotTree.Place.Captured) tree.at(root.resolve(name("lost")));
        var entries = ((Node.Directory) lost.node()).entries();
        scene.repository
                .chunks()
                .lose(((Extent.Chunk) ((ChunkStream.Direct) entries).extents().getFirst()).id());
        var plan = scene.plan(snapshot, root, RestoreFilter.ALL);
        assertThat(plan.damagedDirectories()).isEqualTo(1);
        var report = scene.execute(plan);
        assertThat(report.problems())
                .extracting(problem -> problem.path().display())
                .containsExactly("lost");
        assertThat(report.count(Aspect.DAMAGE)).isEqualTo(1);
        assertThat(scene.targetNames()).containsExactly("kept", "lost");
    }

    /** What chown answers to anyone but root; so it is tested as root too. */
    @Test
    void execute_ownersThatCannotBeSet_areReportedAndNoSetIdBitsGiven() throws Exception {
        try (var file = directory.createFile(name("f"))) {
            file.write(0, new byte[] {1}, 0, 1);
            file.setMode(04755);
        }
        file(directory, "g", new byte[1]);
        var plan = scene.plan(scene.capture(), root, RestoreFilter.ALL);
        var host = new DelegatingFileSystem(HOST, new DelegatingFileSystem.Intervention() {
            @Override
            public void beforeSetOwner(FilePath path) throws IOException {
                throw new FileOperationException("fchownat", path.display(), Errno.EPERM.number());
            }
        });
        var report = scene.execute(host, plan);
        assertThat(report.count(Aspect.OWNER)).isEqualTo(3);
        assertThat(report.count(Aspect.MODE)).isEqualTo(1);
        assertThat(report.count()).isEqualTo(4);
        try (var restored = HOST.openDirectory(target)) {
            assertThat(restored.status(name("f")).mode()).isEqualTo(0755);
            assertThat(restored.status(name("f")).sizeBytes()).isEqualTo(1);
        }
    }

    @Test
    void execute_symlinkPlantedAfterThePlan_isNotFollowed() throws Exception {
        try (var sub = directory.createDirectory(name("d"))) {
            file(sub, "secret", random(1, 10));
        }
        file(directory, "f", random(2, 10));
        var outside = scene.temporary.createDirectory("outside");
        var plan = scene.plan(scene.capture(), root, RestoreFilter.ALL);
        scene.temporary.createDirectory("target");
        try (var planted = HOST.openDirectory(target)) {
            planted.createSymlink(name("d"), outside.toBytes());
            planted.createSymlink(name("f"), outside.resolve(name("made")).toBytes());
        }
        var report = scene.execute(plan);
        assertThat(report.problems())
                .extracting(problem -> problem.path().display())
                .contains("d", "f");
        try (var untouched = HOST.openDirectory(outside)) {
            assertThat(untouched.list()).isEmpty();
        }
    }

    /** The directory is swapped for a symbolic link between its making and its opening, and between two of its files. */
    @Test
    void execute_directoryReplacedBySymlinkMeanwhile_isNotFollowed() throws Exception {
        try (var sub = directory.createDirectory(name("d"))) {
            file(sub, "a", random(1, 10));
            file(sub, "b", random(1, 10));
        }
        var outside = scene.temporary.createDirectory("outside");
        var plan = scene.plan(scene.capture(), root, RestoreFilter.ALL);
        var host = new DelegatingFileSystem(HOST, new DelegatingFileSystem.Intervention() {
            @Override
            public void beforeCreate(FilePath path) throws IOException {
                if (path.display().endsWith("/d/b")) {
                    try (var restored = HOST.openDirectory(target)) {
                        restored.rename(name("d"), restored, name("moved"), true);
                        restored.createSymlink(name("d"), outside.toBytes());
                    }
                }
            }
        });
        scene.execute(host, plan);
        try (var untouched = HOST.openDirectory(outside)) {
            assertThat(untouched.list()).isEmpty();
        }
        assertThat(scene.verify(plan, new RestoreReport()).problems()).isNotEmpty();
    }
}
