package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.path.FileName;
import dev.strandline.core.repository.NoRepositoryException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.testkit.CrashException;
import dev.strandline.store.testkit.CrashFileSystem;
import dev.strandline.store.testkit.CrashOutcome;
import dev.strandline.store.testkit.Fault;
import dev.strandline.store.testkit.FolderContents;
import dev.strandline.store.testkit.MemoryFolders;
import dev.strandline.store.testkit.StorageOperation;
import dev.strandline.store.testkit.SyncPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A snapshot run stopped at every storage operation, and what a power cut may leave then. */
class CrashTest {
    @TempDir(factory = MemoryFolders.class)
    private static Path folder;

    private static CrashScene scene;

    @BeforeAll
    static void createScene() throws IOException {
        scene = new CrashScene(folder);
    }

    @Test
    void snapshot_stoppedAtEveryOperation_losesNothingThatWasCommitted() throws Exception {
        var base = scene.base(_ -> false);
        long n = 0;
        boolean finished = false;
        while (!finished) {
            n++;
            var host = base.host().copy();
            var index = scene.copyOf(base.index());
            var promised = new HashSet<>(Set.of(base.first()));
            finished = runStopped(host, index, n, promised);
            for (var outcome : outcomes(n)) {
                var what = "stopped at " + n + ", power cut " + outcome;
                assertKept(host.crash(outcome, n), indexes(index, outcome, n), promised, what);
            }
            assertKept(host.copy(), List.of(scene.copyOf(index)), promised, "killed at " + n);
            FolderContents.remove(index);
        }
        assertThat(n).as("operations of a run").isGreaterThan(30);
        FolderContents.remove(base.index());
    }

    /** Whether the run ended before it was stopped; it promises its snapshot then. */
    private static boolean runStopped(CrashFileSystem host, Path index, long n, Set<SnapshotId> promised)
            throws RepositoryException {
        host.inject(new Fault.Stop(StorageOperation::changes, n));
        try {
            promised.add(scene.run(host, index, 2).id());
            return true;
        } catch (CrashException _) {
            return false;
        }
    }

    /** The two that find most, and one of the others in turn. */
    private static List<CrashOutcome> outcomes(long n) {
        var others = List.of(CrashOutcome.KEPT, CrashOutcome.NAMES_ONLY, CrashOutcome.NAMES_AND_ZEROS);
        return List.of(CrashOutcome.DROPPED, CrashOutcome.MIXED, others.get((int) (n % others.size())));
    }

    /** The index that survived, which may know packs that are lost, and none; both where most is lost, else in turn. */
    private static List<Path> indexes(Path surviving, CrashOutcome outcome, long n) throws IOException {
        if (outcome == CrashOutcome.DROPPED) {
            return List.of(scene.copyOf(surviving), scene.newFolder());
        }
        return List.of(
                (n + (outcome == CrashOutcome.MIXED ? 1 : 0)) % 2 == 0 ? scene.copyOf(surviving) : scene.newFolder());
    }

    private static void assertKept(CrashFileSystem host, List<Path> indexes, Set<SnapshotId> promised, String what)
            throws IOException {
        for (var index : indexes) {
            assertThat(scene.violation(host.copy(), index, promised)).as(what).isEmpty();
            FolderContents.remove(index);
        }
    }

    @Test
    void init_stoppedAtEveryOperation_leavesNothingOrARepositoryThatWorks() throws Exception {
        long n = 0;
        boolean finished = false;
        while (!finished) {
            n++;
            var host = scene.host(_ -> false);
            host.inject(new Fault.Stop(StorageOperation::changes, n));
            try {
                CrashScene.init(host, scene.newFolder());
                finished = true;
            } catch (CrashException _) {
                // It goes on below, as it would after a restart.
            }
            for (var outcome : outcomes(n)) {
                assertUsable(host.crash(outcome, n), finished, "stopped at " + n + ", power cut " + outcome);
            }
            assertUsable(host.copy(), finished, "killed at " + n);
        }
        assertThat(n).isGreaterThan(10);
    }

    /** It is a repository, or init makes one of it; what is committed then is there after a power cut. */
    private static void assertUsable(CrashFileSystem host, boolean promised, String what) throws Exception {
        var index = scene.newFolder();
        if (!promised && !isRepository(host, index)) {
            CrashScene.init(host, index);
        }
        assertThat(scene.violation(host, index, Set.of())).as(what).isEmpty();
        FolderContents.remove(index);
    }

    private static boolean isRepository(CrashFileSystem host, Path index) throws RepositoryException {
        try (var repository = CrashScene.open(host, index)) {
            return !repository.id().isEmpty();
        } catch (NoRepositoryException _) {
            return false;
        }
    }

    /** The places that sync. */
    enum Sync {
        PACK_FILE,
        SEGMENT_FILE,
        SNAPSHOT_FILE,
        CONFIG_FILE,
        KEY_FILE,
        PACK_NAME,
        PACK_SHARD_NAME,
        SEGMENT_NAME,
        SNAPSHOT_NAME,
        KEY_NAME,
        CONFIG_AND_FOLDER_NAMES,
        REPOSITORY_NAME;

        boolean happensAt(SyncPoint point) {
            return switch (this) {
                case PACK_FILE -> startsWith(point, "STRD\1");
                case SEGMENT_FILE -> startsWith(point, "STRD\2");
                case SNAPSHOT_FILE -> startsWith(point, "STRD\3");
                case CONFIG_FILE -> startsWith(point, "{\n  \"type\" : \"strandline repository\"");
                case KEY_FILE -> startsWith(point, "{\n  \"type\" : \"strandline key slot\"");
                case PACK_NAME -> isFolder(point, "packs") && depth(point) > 1;
                case PACK_SHARD_NAME -> isFolder(point, "packs") && depth(point) == 1;
                case SEGMENT_NAME -> isFolder(point, "index");
                case SNAPSHOT_NAME -> isFolder(point, "snapshots");
                case KEY_NAME -> isFolder(point, "keys");
                case CONFIG_AND_FOLDER_NAMES -> point.isDirectory() && depth(point) == 0;
                case REPOSITORY_NAME -> point.isDirectory() && depth(point) == -1;
            };
        }

        /** Levels below the repository. */
        private static int depth(SyncPoint point) {
            return point.path().depth() - CrashScene.REPOSITORY.depth();
        }

        private static boolean startsWith(SyncPoint point, String head) {
            return new String(point.head(), StandardCharsets.ISO_8859_1).startsWith(head);
        }

        private static boolean isFolder(SyncPoint point, String name) {
            return point.isDirectory() && point.path().startsWith(CrashScene.REPOSITORY.resolve(FileName.of(name)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void snapshot_oneKindOfSyncLeftOut_isFoundByThisTest(Sync sync) throws Exception {
        assertThat(violationAfterRun(sync::happensAt))
                .as("the crash test's negative control")
                .isPresent();
    }

    @Test
    void snapshot_noSyncLeftOut_passesTheSameQuestions() throws Exception {
        assertThat(violationAfterRun(_ -> false)).isEmpty();
    }

    /** Init, two runs that say they are committed, then power cuts of every kind. */
    private static Optional<String> violationAfterRun(Predicate<SyncPoint> leftOut) throws Exception {
        var base = scene.base(leftOut);
        var second = scene.run(base.host(), base.index(), 2);
        for (var outcome : CrashOutcome.values()) {
            var index = scene.newFolder();
            var violation = scene.violation(base.host().crash(outcome, 1), index, Set.of(base.first(), second.id()));
            FolderContents.remove(index);
            if (violation.isPresent()) {
                return violation;
            }
        }
        return Optional.empty();
    }
}
