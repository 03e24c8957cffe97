package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.store.testkit.CrashException;
import dev.strandline.store.testkit.CrashFileSystem;
import dev.strandline.store.testkit.Fault;
import dev.strandline.store.testkit.MemoryFolders;
import dev.strandline.store.testkit.SnapshotRuns;
import dev.strandline.store.testkit.StorageOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that end early, and several at once. */
class SessionTest {
    @TempDir(factory = MemoryFolders.class)
    private Path folder;

    private CrashScene scene;
    private CrashFileSystem host;
    private Path index;

    @BeforeEach
    void createRepository() throws Exception {
        scene = new CrashScene(folder);
        host = scene.host(_ -> false);
        index = scene.newFolder();
        CrashScene.init(host, index);
    }

    private List<FileName> list(String name) throws IOException {
        return list(host, name);
    }

    private static List<FileName> list(HostFileSystem host, String name) throws IOException {
        try (var directory = host.openDirectory(CrashScene.REPOSITORY.resolve(FileName.of(name)))) {
            return directory.list();
        }
    }

    @Test
    void close_withoutCommit_leavesNoSnapshotAndNoTemporaryFile() throws Exception {
        try (var repository = CrashScene.open(host, index);
                var writer = repository.write()) {
            SnapshotRuns.capture(repository, writer, scene.source(1), scene.label(1));
        }
        assertThat(list("snapshots")).isEmpty();
        assertThat(list("tmp")).isEmpty();
        assertThat(host.openHandles()).isZero();
    }

    @Test
    void write_afterARunWithoutCommit_reusesItsPacks() throws Exception {
        try (var repository = CrashScene.open(host, index);
                var writer = repository.write()) {
            SnapshotRuns.capture(repository, writer, scene.source(1), scene.label(1));
        }
        var snapshot = scene.run(host, index, 1);
        assertThat(snapshot.record().totals().addedBytes()).isZero();
        try (var repository = CrashScene.open(host, scene.newFolder())) {
            assertThat(scene.restoreProblem(repository, snapshot)).isEmpty();
        }
    }

    @Test
    void write_afterAKilledRun_listsItsCompletePacksInASegment() throws Exception {
        // The first pack's file is complete with its footer and name; the run dies when it begins the second.
        host.inject(new Fault.Stop(operation -> operation == StorageOperation.CREATE_FILE, 2));
        try {
            scene.run(host, index, 1);
        } catch (CrashException _) {
            // As intended.
        }
        var survivor = host.copy();
        assertThat(list(survivor, "packs")).isNotEmpty();
        assertThat(list(survivor, "index")).isEmpty();
        var snapshot = scene.run(survivor, scene.newFolder(), 1);
        try (var repository = CrashScene.open(survivor, scene.newFolder())) {
            assertThat(scene.restoreProblem(repository, snapshot)).isEmpty();
            assertThat(SnapshotRuns.check(repository).isClean()).isTrue();
        }
        assertThat(list(survivor, "index")).hasSize(1);
    }

    @Test
    void write_temporaryFilesOfADeadRun_areRemovedOnceTheyAreOld() throws Exception {
        host.inject(new Fault.Stop(operation -> operation == StorageOperation.SYNC_FILE, 1));
        try {
            scene.run(host, index, 1);
        } catch (CrashException _) {
            // As intended.
        }
        var survivor = host.copy();
        assertThat(list(survivor, "tmp")).isNotEmpty();
        scene.run(survivor, scene.newFolder(), 1);
        assertThat(list(survivor, "tmp"))
                .as("it may be a run that has not locked it yet")
                .isNotEmpty();
        var later = Clock.fixed(CrashScene.now().plus(Duration.ofHours(2)), ZoneOffset.UTC);
        try (var repository = CrashScene.repositories(survivor, scene.newFolder(), later)
                        .open(CrashScene.REPOSITORY, () -> java.util.Optional.of(CrashScene.KEY))
                        .repository();
                var _ = repository.write()) {
            assertThat(list(survivor, "tmp")).isEmpty();
        }
    }

    @Test
    void write_severalSessionsAtOnce_allCommitAndRestore() throws Exception {
        try (var pool = Executors.newFixedThreadPool(3)) {
            var runs = List.of(1, 2, 3).stream()
                    .map(version -> pool.submit(() -> scene.run(host, index, version)))
                    .toList();
            for (var run : runs) {
                assertThat(run.get().id()).isNotNull();
            }
        }
        try (var repository = CrashScene.open(host, index)) {
            var snapshots = repository.snapshots().snapshots();
            assertThat(snapshots).hasSize(3);
            for (Snapshot snapshot : snapshots) {
                assertThat(scene.restoreProblem(repository, snapshot)).isEmpty();
            }
            assertThat(SnapshotRuns.check(repository).isClean()).isTrue();
        }
        assertThat(host.openHandles()).isZero();
    }

    @Test
    void write_twoSessionsOfOneOpenRepository_bothCommitAndRestore() throws Exception {
        try (var repository = CrashScene.open(host, index);
                var one = repository.write();
                var two = repository.write()) {
            var first = SnapshotRuns.capture(repository, one, scene.source(1), scene.label(1));
            var second = SnapshotRuns.capture(repository, two, scene.source(2), scene.label(2));
            one.commit(first);
            two.commit(second);
            for (var snapshot : repository.snapshots().snapshots()) {
                assertThat(scene.restoreProblem(repository, snapshot)).isEmpty();
            }
        }
        assertThat(scene.violation(host, scene.newFolder(), java.util.Set.of())).isEmpty();
    }
}
