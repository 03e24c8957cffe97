package dev.strandline.core.restore;

import static dev.strandline.core.restore.RestoreScene.HOST;
import static dev.strandline.core.restore.RestoreScene.listener;
import static dev.strandline.core.restore.RestoreScene.names;
import static dev.strandline.core.restore.RestoreScene.random;
import static dev.strandline.core.testkit.SourceTree.file;
import static dev.strandline.core.testkit.SourceTree.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.OpenDescriptors;
import dev.strandline.core.testkit.TemporaryTree;
import dev.strandline.core.testkit.TreeComparison;
import dev.strandline.core.testkit.VarietyTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What comes back, and where it may go. */
class RestoredTreeTest {
    @AutoClose
    private final RestoreScene scene = new RestoreScene();

    private final FilePath root = scene.root;
    private final Directory directory = scene.directory;
    private final FilePath target = scene.target;

    @Test
    void execute_varietyTree_bringsEverythingBackAndVerifies() throws Exception {
        VarietyTree.create(root, 3);
        var plan = scene.plan(scene.capture(), root, RestoreFilter.ALL);
        var report = scene.execute(plan);
        assertThat(report.problems()).isEmpty();
        TreeComparison.assertSame(root, target);
        assertThat(scene.verify(plan, report).problems()).isEmpty();
        TreeComparison.assertSame(root, target);
        assertThat(OpenDescriptors.below(target.display())).isEmpty();
        assertThat(plan.damagedDirectories()).isZero();
        assertThat(plan.files()).isPositive();
    }

    @Test
    void execute_thousandLevels_comesBack() throws Exception {
        var levels = new ArrayList<Directory>(List.of(directory));
        for (int i = 0; i < 1000; i++) {
            levels.add(levels.getLast().createDirectory(name("d")));
        }
        file(levels.getLast(), "f", new byte[1]);
        levels.subList(1, levels.size()).forEach(Directory::close);
        var plan = scene.plan(scene.capture(), root, RestoreFilter.ALL);
        var report = scene.execute(plan);
        assertThat(report.problems()).isEmpty();
        assertThat(scene.verify(plan, report).problems()).isEmpty();
        HostTools.run(List.of("rm", "-rf", root.display() + "/d", target.display() + "/d"), Path.of("/"));
    }

    @Test
    void plan_targetThatIsTakenOrInsideTheSource_isRefused() throws Exception {
        file(directory, "f", new byte[1]);
        directory.createDirectory(name("inside")).close();
        var snapshot = scene.capture();
        var planner = new RestorePlanner(HOST, scene.repository.chunks());
        var tree = new SnapshotTree(snapshot, scene.repository.chunks());
        for (var taken : List.of(
                root,
                root.resolve(name("f")),
                root.resolve(name("inside")),
                root.resolve(name("inside")).resolve(name("new")))) {
            assertThatThrownBy(() -> planner.plan(tree, root, taken, RestoreFilter.ALL, false))
                    .as("target %s", taken)
                    .isInstanceOf(RefusedException.class);
        }
        // The same folder by another name.
        directory.createSymlink(name("unused"), new byte[] {'x'});
        scene.temporary.directory().createSymlink(name("alias"), root.toBytes());
        var alias = scene.temporary.path().resolve(name("alias")).resolve(name("inside"));
        assertThatThrownBy(() -> planner.plan(tree, root, alias, RestoreFilter.ALL, false))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> scene.plan(snapshot, root.resolve(name("nothing")), RestoreFilter.ALL))
                .isInstanceOf(NoSuchSnapshotException.class);
        scene.temporary.createDirectory("target");
        assertThat(scene.plan(snapshot, root, RestoreFilter.ALL).files()).isEqualTo(1);
    }

    @Test
    void plan_capturedFolderThatWasEmptied_isWhereItGoes() throws Exception {
        file(directory, "f", new byte[1]);
        var snapshot = scene.capture();
        directory.removeFile(name("f"));
        var tree = new SnapshotTree(snapshot, scene.repository.chunks());
        var plan = new RestorePlanner(HOST, scene.repository.chunks()).plan(tree, root, root, RestoreFilter.ALL, false);
        assertThat(plan.files()).isEqualTo(1);
    }

    @Test
    void execute_singleFileOrPathAbove_goesIntoTheTarget() throws Exception {
        file(directory, "f", random(1, 10));
        var snapshot = scene.capture();
        assertThat(scene.execute(scene.plan(snapshot, root.resolve(name("f")), RestoreFilter.ALL))
                        .problems())
                .isEmpty();
        assertThat(scene.targetNames()).containsExactly("f");
        TemporaryTree.remove(scene.temporary.directory(), name("target"));
        assertThat(scene.execute(scene.plan(snapshot, FilePath.ROOT, RestoreFilter.ALL))
                        .problems())
                .isEmpty();
        TreeComparison.assertSame(root, target.resolve(root.relativeTo(FilePath.ROOT)));
    }

    @Test
    void execute_filters_restoreWhatIsWantedAndTheWayToIt() throws Exception {
        for (String sub : List.of("a", "b", "empty")) {
            try (var made = directory.createDirectory(name(sub))) {
                if (!sub.equals("empty")) {
                    file(made, "x.txt", new byte[1]);
                    file(made, "y.log", new byte[1]);
                }
            }
        }
        var snapshot = scene.capture();
        var filter = new RestoreFilter(IgnoreRules.of(List.of("*.txt")), IgnoreRules.of(List.of("/b")));
        var plan = scene.plan(snapshot, root, filter);
        assertThat(plan.files()).isEqualTo(1);
        var report = scene.execute(plan);
        assertThat(report.problems()).isEmpty();
        assertThat(scene.targetNames()).containsExactly("a");
        assertThat(names(target.resolve(name("a")))).containsExactly("x.txt");
        assertThat(scene.verify(plan, report).problems()).isEmpty();
    }

    @Test
    void execute_targetWithDefaultAcl_givesExactAcls() throws Exception {
        HostTools.require("setfacl", "getfacl");
        VarietyTree.create(root, 4);
        scene.temporary.createDirectory("target");
        var setfacl = HostTools.run(
                List.of("setfacl", "-m", "u:4242:rwx,d:u:4242:rwx,d:g:77:rx", target.display()), Path.of("/"));
        assertThat(setfacl.exitCode()).as(setfacl.stderr()).isZero();
        var plan = scene.plan(scene.capture(), root, RestoreFilter.ALL);
        var report = scene.execute(plan);
        assertThat(report.problems()).isEmpty();
        TreeComparison.assertSame(root, target);
        assertThat(scene.verify(plan, report).problems()).isEmpty();
    }

    @Test
    void execute_cancelledAnywhere_holdsNothingOpen() throws Exception {
        VarietyTree.create(root, 5);
        var snapshot = scene.capture();
        var total = new AtomicInteger();
        var report = new RestoreReport();
        new Restorer(HOST, scene.repository.chunks(), listener(report), () -> total.incrementAndGet() < 0)
                .execute(scene.plan(snapshot, root, RestoreFilter.ALL));
        TemporaryTree.remove(scene.temporary.directory(), name("target"));
        for (int stopAt = 1; stopAt < total.get(); stopAt += 1 + total.get() / 8) {
            int limit = stopAt;
            var count = new AtomicInteger();
            var plan = scene.plan(snapshot, root, RestoreFilter.ALL);
            assertThatThrownBy(() -> new Restorer(
                                    HOST,
                                    scene.repository.chunks(),
                                    listener(report),
                                    () -> count.incrementAndGet() > limit)
                            .execute(plan))
                    .isInstanceOf(RestoreCancelledException.class);
            assertThat(OpenDescriptors.below(target.display() + "/")).isEmpty();
            TemporaryTree.remove(scene.temporary.directory(), name("target"));
        }
    }
}
