package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.StorageException;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.store.testkit.CrashFileSystem;
import dev.strandline.store.testkit.Fault;
import dev.strandline.store.testkit.FolderContents;
import dev.strandline.store.testkit.MemoryFolders;
import dev.strandline.store.testkit.StorageOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each storage operation of a run fails in turn. */
class FailingStorageTest {
    /** Where the outcome is much the same from one operation to the next, one in so many is followed by all questions. */
    private static final int OPERATIONS_PER_QUESTION = 4;

    @TempDir(factory = MemoryFolders.class)
    private static Path folder;

    private static CrashScene scene;

    @BeforeAll
    static void createScene() throws IOException {
        scene = new CrashScene(folder);
    }

    @Test
    void snapshot_anyOperationFailsOnce_commitsNothingFalseAndTheNextRunWorks() throws Exception {
        var base = scene.base(_ -> false);
        boolean happened = true;
        for (long n = 1; happened; n++) {
            var host = base.host().copy();
            var index = scene.copyOf(base.index());
            host.inject(new Fault.Failure(_ -> true, n, Errno.EIO, false));
            var promised = new HashSet<>(Set.of(base.first()));
            boolean succeeded = succeeds(host, index, promised);
            happened = host.hasFailed();
            var failed = host.failedOperation();
            if (happened && failed.changes() && failed != StorageOperation.REMOVE) {
                assertThat(succeeded)
                        .as("operation " + n + " failed: " + failed)
                        .isFalse();
            }
            host.heal();
            assertThat(host.openHandles())
                    .as("open after operation " + n + " failed: " + failed)
                    .isZero();
            if (failed.changes() || n % OPERATIONS_PER_QUESTION == 0) {
                assertThat(scene.violation(host, index, promised))
                        .as("operation " + n + " failed: " + failed)
                        .isEmpty();
            }
            FolderContents.remove(index);
        }
    }

    @Test
    void snapshot_diskFullFromAnyOperationOn_isAStorageErrorAndTheNextRunWorks() throws Exception {
        var base = scene.base(_ -> false);
        for (long n = 1; ; n++) {
            var host = base.host().copy();
            var index = scene.copyOf(base.index());
            host.inject(new Fault.Failure(StorageOperation::takesSpace, n, Errno.ENOSPC, true));
            try {
                scene.run(host, index, 2);
                assertThat(host.hasFailed())
                        .as("a run succeeded though the disk was full from operation " + n)
                        .isFalse();
                break;
            } catch (StorageException e) {
                assertThat(e.guidance()).contains("Free some space");
            }
            host.heal();
            assertThat(host.openHandles()).isZero();
            if (n % OPERATIONS_PER_QUESTION == 1) {
                assertThat(scene.violation(host, index, Set.of(base.first())))
                        .as("full from operation " + n)
                        .isEmpty();
            }
            FolderContents.remove(index);
        }
    }

    private static boolean succeeds(CrashFileSystem host, Path index, Set<SnapshotId> promised) {
        try {
            promised.add(scene.run(host, index, 2).id());
            return true;
        } catch (RepositoryException _) {
            return false;
        }
    }

    @Test
    void init_anyOperationFailsOnce_canBeRunAgain() throws Exception {
        boolean happened = true;
        for (long n = 1; happened; n++) {
            var host = scene.host(_ -> false);
            var index = scene.newFolder();
            host.inject(new Fault.Failure(_ -> true, n, Errno.EIO, false));
            boolean created = false;
            try {
                CrashScene.init(host, index);
                created = true;
            } catch (RepositoryException _) {
                // Once more below.
            }
            happened = host.hasFailed();
            host.heal();
            assertThat(host.openHandles()).as("open after operation " + n).isZero();
            try (var repository = CrashScene.open(host, index)) {
                created = !repository.id().isEmpty();
            } catch (RepositoryException e) {
                assertThat(created).as("operation " + n + ": " + e).isFalse();
            }
            if (!created) {
                CrashScene.init(host, index);
            }
            assertThat(scene.violation(host, index, Set.of()))
                    .as("operation " + n)
                    .isEmpty();
            FolderContents.remove(index);
        }
    }

    /** On a real file system of 4 MiB as root; an ordinary user can't make one, and the tests above stand for it. */
    @Test
    void snapshot_realDiskFull_isAStorageErrorAndTheNextRunWorks() throws Exception {
        if (PosixFileSystem.open().effectiveUserId() != 0) {
            assertThat(Errno.ENOSPC.text()).contains("no space");
            return;
        }
        var disk = Files.createDirectory(scene.newFolder());
        mount(List.of("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()));
        try {
            var repository = new RealRepository(disk.resolve("repository"));
            repository.init();
            var first = repository.run(scene.source(1), scene.label(1));
            for (int freeKib : new int[] {0, 4, 16, 64, 200}) {
                fill(disk.resolve("filler"), freeKib);
                assertThatThrownBy(() -> repository.run(scene.source(2), scene.label(2)))
                        .as("with " + freeKib + " KiB free")
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                e -> assertThat(e.guidance()).contains("Free some space"));
                Files.delete(disk.resolve("filler"));
                try (var open = repository.open()) {
                    assertThat(scene.restoreProblem(open, first)).isEmpty();
                }
            }
            var second = repository.run(scene.source(2), scene.label(2));
            try (var open = repository.open()) {
                assertThat(scene.restoreProblem(open, first)).isEmpty();
                assertThat(scene.restoreProblem(open, second)).isEmpty();
            }
        } finally {
            mount(List.of("umount", disk.toString()));
        }
    }

    private static void mount(List<String> command) {
        assertThat(HostTools.run(command, folder).exitCode())
                .as(String.join(" ", command))
                .isZero();
    }

    /** Takes all room but so much. */
    private static void fill(Path filler, int freeKib) throws IOException {
        long room = Files.getFileStore(filler.getParent()).getUsableSpace() - freeKib * 1024L;
        Files.write(filler, new byte[Math.toIntExact(Math.max(0, room))]);
    }
}
