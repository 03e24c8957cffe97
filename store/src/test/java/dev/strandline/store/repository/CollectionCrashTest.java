package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.repository.CollectionOptions;
import dev.strandline.core.repository.CollectionReport;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.testkit.CrashException;
import dev.strandline.store.testkit.CrashFileSystem;
import dev.strandline.store.testkit.CrashOutcome;
import dev.strandline.store.testkit.Fault;
import dev.strandline.store.testkit.FolderContents;
import dev.strandline.store.testkit.MemoryFolders;
import dev.strandline.store.testkit.StorageOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A garbage collection that is stopped, or whose storage fails, at every operation that changes something. */
class CollectionCrashTest {
    private static final CollectionOptions EAGER = new CollectionOptions(0, Optional.empty(), Duration.ZERO, false);

    private static final List<CrashOutcome> OTHERS =
            List.of(CrashOutcome.KEPT, CrashOutcome.MIXED, CrashOutcome.NAMES_ONLY, CrashOutcome.NAMES_AND_ZEROS);

    /** Operations that change nothing: of so many, one is followed up. */
    private static final int OPERATIONS_PER_QUESTION = 8;

    @TempDir(factory = MemoryFolders.class)
    private static Path folder;

    private static CrashScene scene;
    private static CrashScene.Base base;
    private static SnapshotId second;

    /** Two versions, of which the first is forgotten. */
    @BeforeAll
    static void createScene() throws Exception {
        scene = new CrashScene(folder);
        base = scene.base(_ -> false);
        second = scene.run(base.host(), base.index(), 2).id();
        try (var repository = CrashScene.open(base.host(), base.index())) {
            repository.forget(List.of(base.first()));
        }
    }

    private static CollectionReport collect(CrashFileSystem host, Path index) throws RepositoryException {
        try (var repository = CrashScene.open(host, index)) {
            return repository.collect(EAGER, () -> {});
        }
    }

    /** What a collection leaves that nothing has stopped. */
    private static long packsWhenDone() throws RepositoryException, IOException {
        var index = scene.copyOf(base.index());
        var host = base.host().copy();
        assertThat(collect(host, index).deletedPacks()).isPositive();
        return packs(host, index);
    }

    private static long packs(CrashFileSystem host, Path index) throws RepositoryException {
        try (var repository = CrashScene.open(host, index)) {
            return repository.inspect().amounts().packs();
        }
    }

    private static void assertKept(CrashFileSystem host, Path index, long packsWhenDone, String what)
            throws RepositoryException, IOException {
        assertThat(scene.violation(host.copy(), scene.copyOf(index), Set.of(second)))
                .as(what)
                .isEmpty();
        collect(host, index);
        collect(host, index);
        assertThat(packs(host, index))
                .as("packs after %s and another collection", what)
                .isLessThanOrEqualTo(packsWhenDone);
        try (var repository = CrashScene.open(host, index)) {
            assertThat(repository.snapshots().snapshots().stream().map(Snapshot::id))
                    .as(what)
                    .containsExactly(second);
        }
        assertThat(scene.violation(host, index, Set.of(second)))
                .as(what + ", collected again")
                .isEmpty();
        FolderContents.remove(index);
    }

    @Test
    void collect_stoppedAtEveryOperation_losesNothingAndTheNextOneEndsIt() throws Exception {
        long packsWhenDone = packsWhenDone();
        long n = 0;
        boolean finished = false;
        while (!finished) {
            n++;
            var host = base.host().copy();
            var index = scene.copyOf(base.index());
            host.inject(new Fault.Stop(StorageOperation::changes, n));
            try {
                collect(host, index);
                finished = true;
            } catch (CrashException _) {
                // What it leaves is looked at below.
            }
            var outcome = OTHERS.get((int) (n % OTHERS.size()));
            assertKept(
                    host.crash(outcome, n),
                    scene.copyOf(index),
                    packsWhenDone,
                    "stopped at " + n + ", power cut " + outcome);
            assertKept(host.crash(CrashOutcome.DROPPED, n), scene.newFolder(), packsWhenDone, "stopped at " + n);
            assertKept(host.copy(), index, packsWhenDone, "killed at " + n);
        }
        assertThat(n).as("operations of a collection").isGreaterThan(20);
    }

    @Test
    void collect_anyOperationFailsOnce_losesNothingAndTheNextOneEndsIt() throws Exception {
        long packsWhenDone = packsWhenDone();
        boolean happened = true;
        for (long n = 1; happened; n++) {
            var host = base.host().copy();
            var index = scene.copyOf(base.index());
            host.inject(new Fault.Failure(_ -> true, n, Errno.EIO, false));
            collectOrFail(host, index);
            happened = host.hasFailed();
            var failed = host.failedOperation();
            host.heal();
            assertThat(host.openHandles()).as("open after operation " + n).isZero();
            if (!happened || failed.changes() || n % OPERATIONS_PER_QUESTION == 0) {
                assertKept(host, index, packsWhenDone, "operation " + n + " failed: " + failed);
            }
        }
    }

    @Test
    void collect_diskFullFromAnyOperationOn_losesNothingAndTheNextOneEndsIt() throws Exception {
        long packsWhenDone = packsWhenDone();
        boolean happened = true;
        for (long n = 1; happened; n++) {
            var host = base.host().copy();
            var index = scene.copyOf(base.index());
            host.inject(new Fault.Failure(StorageOperation::takesSpace, n, Errno.ENOSPC, true));
            collectOrFail(host, index);
            happened = host.hasFailed();
            host.heal();
            assertKept(host, index, packsWhenDone, "full from operation " + n);
        }
    }

    private static void collectOrFail(CrashFileSystem host, Path index) {
        try {
            collect(host, index);
        } catch (RepositoryException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
