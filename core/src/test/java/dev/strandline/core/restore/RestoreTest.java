package dev.strandline.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.restore.RestoreProblem.Aspect;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.testkit.CaptureRun;
import dev.strandline.core.testkit.DelegatingFileSystem;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.MemoryChunkStore;
import dev.strandline.core.testkit.MemoryRepository;
import dev.strandline.core.testkit.OpenDescriptors;
import dev.strandline.core.testkit.TemporaryTree;
import dev.strandline.core.testkit.TreeComparison;
import dev.strandline.core.testkit.VarietyTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestoreTest {
    private static final HostFileSystem HOST = PosixFileSystem.open();

    private final MemoryRepository repository = new MemoryRepository();
    private TemporaryTree temporary;
    private FilePath root;
    private FilePath target;
    private Directory directory;

    @BeforeEach
    void createRoot() throws IOException {
        temporary = TemporaryTree.create();
        root = temporary.createDirectory("root");
        target = temporary.path().resolve(name("target"));
        directory = HOST.openDirectory(root);
    }

    @AfterEach
    void removeRoot() throws IOException {
        directory.close();
        temporary.close();
    }

    private static FileName name(String name) {
        return FileName.of(name);
    }

    private static byte[] random(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void file(Directory parent, String name, byte[] content) throws IOException {
        try (var file = parent.createFile(name(name))) {
            file.write(0, content, 0, content.length);
        }
    }

    private Snapshot capture() throws RepositoryException {
        return new CaptureRun(repository, root).commit();
    }

    private RestorePlan plan(Snapshot snapshot, FilePath path, RestoreFilter filter)
            throws RepositoryException, IOException {
        var chunks = repository.chunks();
        return new RestorePlanner(HOST, chunks).plan(new SnapshotTree(snapshot, chunks), path, target, filter, false);
    }

    private static RestoreListener listener(RestoreReport report) {
        return new RestoreListener() {
            @Override
            public void problem(RestoreProblem problem) {
                report.add(problem);
            }

            @Override
            public void done(FilePath path, long bytes) {}
        };
    }

    private RestoreReport execute(RestorePlan plan) throws RepositoryException, IOException {
        return execute(HOST, plan);
    }

    private RestoreReport execute(HostFileSystem host, RestorePlan plan) throws RepositoryException, IOException {
        var report = new RestoreReport();
        new Restorer(host, repository.chunks(), listener(report), () -> false).execute(plan);
        return report;
    }

    private RestoreReport verify(RestorePlan plan, RestoreReport before) throws RepositoryException, IOException {
        var report = new RestoreReport();
        new Verifier(HOST, repository, repository.chunks(), listener(report), () -> false, 2).verify(plan, before);
        return report;
    }

    private List<String> targetNames() throws IOException {
        try (var restored = HOST.openDirectory(target)) {
            return restored.list().stream().map(FileName::display).sorted().toList();
        }
    }

    @Test
    void execute_varietyTree_bringsEverythingBackAndVerifies() throws Exception {
        VarietyTree.create(root, 3);
        var plan = plan(capture(), root, RestoreFilter.ALL);
        var report = execute(plan);
        assertThat(report.problems()).isEmpty();
        TreeComparison.assertSame(root, target);
        assertThat(verify(plan, report).problems()).isEmpty();
        TreeComparison.assertSame(root, target);
        assertThat(OpenDescriptors.below(target.display())).isEmpty();
        assertThat(plan.damagedDirectories()).isZero();
        assertThat(plan.files()).isPositive();
    }

    @Test
    void execute_thousandLevels_comesBack() throws Exception {
        var levels = new java.util.ArrayList<Directory>(List.of(directory));
        for (int i = 0; i < 1000; i++) {
            levels.add(levels.getLast().createDirectory(name("d")));
        }
        file(levels.getLast(), "f", new byte[1]);
        levels.subList(1, levels.size()).forEach(Directory::close);
        var plan = plan(capture(), root, RestoreFilter.ALL);
        var report = execute(plan);
        assertThat(report.problems()).isEmpty();
        assertThat(verify(plan, report).problems()).isEmpty();
        HostTools.run(List.of("rm", "-rf", root.display() + "/d", target.display() + "/d"), Path.of("/"));
    }

    @Test
    void execute_damagedChunk_leavesNoFileOfItAndRestoresTheOthers() throws Exception {
        byte[] damaged = random(1, 100_000);
        file(directory, "a-good", random(2, 100_000));
        file(directory, "b-damaged", damaged);
        directory.link(name("b-damaged"), directory, name("c-link"));
        file(directory, "d-empty", new byte[0]);
        // More files than are waited for at once, so that the last name comes when the file was given up already.
        for (int i = 0; i < 450; i++) {
            file(directory, "e-%03d".formatted(i), random(i, 10));
        }
        directory.link(name("b-damaged"), directory, name("z-link"));
        var snapshot = capture();
        repository.chunks().damage(MemoryChunkStore.idOf(damaged, 0, damaged.length));
        var plan = plan(snapshot, root, RestoreFilter.ALL);
        var report = execute(plan);
        assertThat(report.problems()).hasSize(3).allMatch(problem -> problem.aspect() == Aspect.DAMAGE);
        assertThat(report.problems())
                .extracting(problem -> problem.path().display())
                .containsExactlyInAnyOrder("b-damaged", "c-link", "z-link");
        assertThat(targetNames()).hasSize(452).contains("a-good", "d-empty").doesNotContain("b-damaged", "z-link");
        assertThat(verify(plan, report).problems()).isEmpty();
        assertThat(OpenDescriptors.below(target.display())).isEmpty();
    }

    @Test
    void execute_lostTree_reportsTheDirectoryAndRestoresTheOthers() throws Exception {
        try (var lost = directory.createDirectory(name("lost"))) {
            file(lost, "f", new byte[10]);
        }
        var before = repository.chunks().ids(dev.strandline.core.repository.ChunkKind.TREE);
        capture();
        try (var kept = directory.createDirectory(name("kept"))) {
            file(kept, "g", new byte[10]);
        }
        assertThat(before).isEmpty();
        var snapshot = capture();
        var tree = new SnapshotTree(snapshot, repository.chunks());
        var lost = (SnapshotTree.Place.Captured) tree.at(root.resolve(name("lost")));
        var entries = ((dev.strandline.core.tree.Node.Directory) lost.node()).entries();
        repository
                .chunks()
                .lose(((dev.strandline.core.tree.Extent.Chunk) ((dev.strandline.core.tree.ChunkStream.Direct) entries)
                                .extents()
                                .getFirst())
                        .id());
        var plan = plan(snapshot, root, RestoreFilter.ALL);
        assertThat(plan.damagedDirectories()).isEqualTo(1);
        var report = execute(plan);
        assertThat(report.problems())
                .extracting(problem -> problem.path().display())
                .containsExactly("lost");
        assertThat(report.count(Aspect.DAMAGE)).isEqualTo(1);
        assertThat(targetNames()).containsExactly("kept", "lost");
    }

    @Test
    void plan_targetThatIsTakenOrInsideTheSource_isRefused() throws Exception {
        file(directory, "f", new byte[1]);
        directory.createDirectory(name("inside")).close();
        var snapshot = capture();
        var planner = new RestorePlanner(HOST, repository.chunks());
        var tree = new SnapshotTree(snapshot, repository.chunks());
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
        temporary.directory().createSymlink(name("alias"), root.toBytes());
        var alias = temporary.path().resolve(name("alias")).resolve(name("inside"));
        assertThatThrownBy(() -> planner.plan(tree, root, alias, RestoreFilter.ALL, false))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> plan(snapshot, root.resolve(name("nothing")), RestoreFilter.ALL))
                .isInstanceOf(NoSuchSnapshotException.class);
        temporary.createDirectory("target");
        assertThat(plan(snapshot, root, RestoreFilter.ALL).files()).isEqualTo(1);
    }

    @Test
    void plan_capturedFolderThatWasEmptied_isWhereItGoes() throws Exception {
        file(directory, "f", new byte[1]);
        var snapshot = capture();
        directory.removeFile(name("f"));
        var tree = new SnapshotTree(snapshot, repository.chunks());
        var plan = new RestorePlanner(HOST, repository.chunks()).plan(tree, root, root, RestoreFilter.ALL, false);
        assertThat(plan.files()).isEqualTo(1);
    }

    @Test
    void execute_singleFileOrPathAbove_goesIntoTheTarget() throws Exception {
        file(directory, "f", random(1, 10));
        var snapshot = capture();
        assertThat(execute(plan(snapshot, root.resolve(name("f")), RestoreFilter.ALL))
                        .problems())
                .isEmpty();
        assertThat(targetNames()).containsExactly("f");
        TemporaryTree.remove(temporary.directory(), name("target"));
        assertThat(execute(plan(snapshot, FilePath.ROOT, RestoreFilter.ALL)).problems())
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
        var snapshot = capture();
        var filter = new RestoreFilter(IgnoreRules.of(List.of("*.txt")), IgnoreRules.of(List.of("/b")));
        var plan = plan(snapshot, root, filter);
        assertThat(plan.files()).isEqualTo(1);
        var report = execute(plan);
        assertThat(report.problems()).isEmpty();
        assertThat(targetNames()).containsExactly("a");
        target = target.resolve(name("a"));
        assertThat(targetNames()).containsExactly("x.txt");
        assertThat(verify(plan, report).problems()).isEmpty();
    }

    private interface Change {
        void make(Directory restored) throws IOException;
    }

    private void assertVerificationFinds(Aspect aspect, String path, Change change)
            throws RepositoryException, IOException {
        var plan = plan(repository.snapshots().snapshots().getLast(), root, RestoreFilter.ALL);
        var report = execute(plan);
        assertThat(verify(plan, report).problems()).isEmpty();
        try (var restored = HOST.openDirectory(target)) {
            change.make(restored);
        }
        assertThat(verify(plan, report).problems())
                .isNotEmpty()
                .allMatch(problem -> problem.aspect() == aspect)
                .allMatch(problem ->
                        List.of(path.split(" or ", -1)).contains(problem.path().display()));
        TemporaryTree.remove(temporary.directory(), name("target"));
    }

    @Test
    void verify_oneThingChanged_isFound() throws Exception {
        file(directory, "f", random(1, 300_000));
        file(directory, "linked", new byte[10]);
        directory.link(name("linked"), directory, name("twin"));
        directory.createSymlink(name("symlink"), new byte[] {'x'});
        try (var sparse = directory.createFile(name("sparse"))) {
            sparse.setSize(1 << 20);
        }
        directory.createDirectory(name("d")).close();
        capture();
        assertVerificationFinds(Aspect.CONTENT, "f", restored -> overwrite(restored, "f", 299_999));
        assertVerificationFinds(Aspect.CONTENT, "sparse", restored -> overwrite(restored, "sparse", 500_000));
        assertVerificationFinds(Aspect.CONTENT, "f", restored -> {
            try (var file = restored.openWritable(name("f"))) {
                var time = file.status().modified();
                file.setSize(300_001);
                file.setModified(time);
            }
        });
        assertVerificationFinds(Aspect.MODE, "f", restored -> {
            try (var file = restored.openWritable(name("f"))) {
                file.setMode(0601);
            }
        });
        assertVerificationFinds(Aspect.XATTR, "f", restored -> {
            try (var file = restored.openWritable(name("f"))) {
                file.setXattr(new Xattr("user.x".getBytes(StandardCharsets.US_ASCII), new byte[1]));
            }
        });
        assertVerificationFinds(Aspect.TIME, "d", restored -> {
            try (var entry = restored.openEntry(name("d"))) {
                var time = entry.status().modified();
                entry.setModified(new FileTime(time.seconds(), (time.nanos() + 1) % 1_000_000_000));
            }
        });
        // Of two names, the one that is looked at last is told.
        assertVerificationFinds(
                Aspect.CONTENT,
                "linked or twin",
                restored -> replaceKeepingTimes(restored, "twin", () -> file(restored, "twin", new byte[10])));
        assertVerificationFinds(
                Aspect.CONTENT,
                "symlink",
                restored -> replaceKeepingTimes(
                        restored, "symlink", () -> restored.createSymlink(name("symlink"), new byte[] {'y'})));
        assertVerificationFinds(
                Aspect.CONTENT,
                "symlink",
                restored -> replaceKeepingTimes(
                        restored, "symlink", () -> restored.createSpecial(name("symlink"), FileType.FIFO, 0, 0)));
        assertVerificationFinds(Aspect.CONTENT, "d", restored -> {
            var time = restored.status().modified();
            restored.removeDirectory(name("d"));
            restored.setModified(time);
        });
    }

    private static void overwrite(Directory restored, String name, long position) throws IOException {
        try (var file = restored.openWritable(name(name))) {
            var time = file.status().modified();
            byte[] one = new byte[1];
            file.read(position, one, 0, 1);
            one[0]++;
            file.write(position, one, 0, 1);
            file.setModified(time);
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    private static void replaceKeepingTimes(Directory restored, String name, Act make) throws IOException {
        var directoryTime = restored.status().modified();
        var time = restored.status(name(name)).modified();
        restored.removeFile(name(name));
        make.run();
        try (var entry = restored.openEntry(name(name))) {
            entry.setModified(time);
        }
        restored.setModified(directoryTime);
    }

    @Test
    void execute_targetWithDefaultAcl_givesExactAcls() throws Exception {
        HostTools.require("setfacl", "getfacl");
        VarietyTree.create(root, 4);
        temporary.createDirectory("target");
        var setfacl = HostTools.run(
                List.of("setfacl", "-m", "u:4242:rwx,d:u:4242:rwx,d:g:77:rx", target.display()), Path.of("/"));
        assertThat(setfacl.exitCode()).as(setfacl.stderr()).isZero();
        var plan = plan(capture(), root, RestoreFilter.ALL);
        var report = execute(plan);
        assertThat(report.problems()).isEmpty();
        TreeComparison.assertSame(root, target);
        assertThat(verify(plan, report).problems()).isEmpty();
    }

    /** What chown answers to anyone but root; so it is tested as root too. */
    @Test
    void execute_ownersThatCannotBeSet_areReportedAndNoSetIdBitsGiven() throws Exception {
        try (var file = directory.createFile(name("f"))) {
            file.write(0, new byte[] {1}, 0, 1);
            file.setMode(04755);
        }
        file(directory, "g", new byte[1]);
        var plan = plan(capture(), root, RestoreFilter.ALL);
        var host = new DelegatingFileSystem(HOST, new DelegatingFileSystem.Intervention() {
            @Override
            public void beforeSetOwner(FilePath path) throws IOException {
                throw new FileOperationException("fchownat", path.display(), Errno.EPERM.number());
            }
        });
        var report = execute(host, plan);
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
        var outside = temporary.createDirectory("outside");
        var plan = plan(capture(), root, RestoreFilter.ALL);
        temporary.createDirectory("target");
        try (var planted = HOST.openDirectory(target)) {
            planted.createSymlink(name("d"), outside.toBytes());
            planted.createSymlink(name("f"), outside.resolve(name("made")).toBytes());
        }
        var report = execute(plan);
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
        var outside = temporary.createDirectory("outside");
        var plan = plan(capture(), root, RestoreFilter.ALL);
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
        execute(host, plan);
        try (var untouched = HOST.openDirectory(outside)) {
            assertThat(untouched.list()).isEmpty();
        }
        assertThat(verify(plan, new RestoreReport()).problems()).isNotEmpty();
    }

    @Test
    void execute_cancelledAnywhere_holdsNothingOpen() throws Exception {
        VarietyTree.create(root, 5);
        var snapshot = capture();
        var total = new AtomicInteger();
        var report = new RestoreReport();
        new Restorer(HOST, repository.chunks(), listener(report), () -> total.incrementAndGet() < 0)
                .execute(plan(snapshot, root, RestoreFilter.ALL));
        TemporaryTree.remove(temporary.directory(), name("target"));
        for (int stopAt = 1; stopAt < total.get(); stopAt += 1 + total.get() / 8) {
            int limit = stopAt;
            var count = new AtomicInteger();
            var plan = plan(snapshot, root, RestoreFilter.ALL);
            assertThatThrownBy(() -> new Restorer(
                                    HOST, repository.chunks(), listener(report), () -> count.incrementAndGet() > limit)
                            .execute(plan))
                    .isInstanceOf(RestoreCancelledException.class);
            assertThat(OpenDescriptors.below(target.display() + "/")).isEmpty();
            TemporaryTree.remove(temporary.directory(), name("target"));
        }
    }
}
