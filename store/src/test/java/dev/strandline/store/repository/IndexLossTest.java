package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.repository.BaseHint;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.store.testkit.FolderContents;
import dev.strandline.store.testkit.MemoryFolders;
import dev.strandline.store.testkit.SnapshotRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** Whatever happens to the database between runs, answers stay the same. */
class IndexLossTest {
    private static final long SEED = 4711;

    @TempDir(factory = MemoryFolders.class)
    private static Path folder;

    private static CrashScene scene;
    private static RealRepository original;
    private static Snapshot first;

    @BeforeAll
    static void createRepository() throws Exception {
        scene = new CrashScene(folder);
        original = new RealRepository(folder.resolve("original"));
        original.init();
        first = original.run(scene.source(1), scene.label(1));
    }

    private static RealRepository copy() throws IOException {
        var copy = scene.newFolder();
        FolderContents.copy(original.folder(), copy);
        return new RealRepository(copy);
    }

    /** The old snapshot restores, nothing is stored twice, and a new run works. */
    private static void assertSameAnswers(RealRepository repository, String what) throws Exception {
        try (var open = repository.open()) {
            assertThat(scene.restoreProblem(open, first)).as(what).isEmpty();
            var again = SnapshotRuns.take(open, scene.source(1), scene.label(1));
            assertThat(again.record().totals().addedBytes()).as(what).isZero();
            var second = SnapshotRuns.take(open, scene.source(2), scene.label(2));
            assertThat(scene.restoreProblem(open, second)).as(what).isEmpty();
            assertThat(SnapshotRuns.check(open).isClean()).as(what).isTrue();
        }
        try (var open = repository.open()) {
            assertThat(scene.restoreProblem(open, first)).as(what).isEmpty();
        }
    }

    @Test
    void open_indexDeleted_sameAnswers() throws Exception {
        var repository = copy();
        FolderContents.remove(repository.index());
        assertSameAnswers(repository, "deleted");
    }

    @Test
    void open_indexEmptied_sameAnswers() throws Exception {
        var repository = copy();
        FolderContents.remove(repository.index());
        Files.createDirectory(repository.index());
        assertSameAnswers(repository, "emptied");
    }

    @Test
    void open_indexIsAFile_sameAnswers() throws Exception {
        var repository = copy();
        FolderContents.remove(repository.index());
        Files.write(repository.index(), new byte[] {1, 2, 3});
        assertSameAnswers(repository, "a file");
    }

    @Test
    void open_anyFileOfTheIndexDamaged_sameAnswers() throws Exception {
        var random = new Random(SEED);
        for (var name : files(original.index())) {
            for (var damage : List.of("deleted", "emptied", "cut", "flipped", "flipped", "garbage")) {
                var repository = copy();
                var file = repository.index().resolve(name);
                byte[] bytes = Files.readAllBytes(file);
                switch (damage) {
                    case "deleted" -> Files.delete(file);
                    case "emptied" -> Files.write(file, new byte[0]);
                    case "cut" -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
                    case "garbage" -> {
                        random.nextBytes(bytes);
                        Files.write(file, bytes);
                    }
                    default -> {
                        if (bytes.length > 0) {
                            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                        }
                        Files.write(file, bytes);
                    }
                }
                assertSameAnswers(repository, name + " " + damage + " (seed " + SEED + ")");
                FolderContents.remove(repository.folder());
            }
        }
    }

    private static List<String> files(Path index) throws IOException {
        try (var files = Files.list(index)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void open_indexLockedByAnotherHandle_sameAnswers() throws Exception {
        var repository = copy();
        RocksDB.loadLibrary();
        try (var options = new Options();
                var holder = RocksDB.open(options, repository.index().toString())) {
            assertThat(holder.getName()).isNotEmpty();
            assertSameAnswers(repository, "locked");
        }
        assertSameAnswersAfterwards(repository);
    }

    private static void assertSameAnswersAfterwards(RealRepository repository) throws Exception {
        try (var open = repository.open()) {
            assertThat(scene.restoreProblem(open, first)).isEmpty();
            for (var snapshot : open.snapshots().snapshots()) {
                assertThat(scene.restoreProblem(open, snapshot)).isEmpty();
            }
        }
    }

    @Test
    void open_indexOfAnotherRepository_sameAnswers() throws Exception {
        var other = new RealRepository(scene.newFolder());
        other.init();
        other.run(scene.source(2), scene.label(2));
        var repository = copy();
        FolderContents.remove(repository.index());
        FolderContents.copy(other.index(), repository.index());
        assertSameAnswers(repository, "another repository's");
        assertThat(repository.notes()).anySatisfy(note -> assertThat(note).contains("another repository"));
    }

    @Test
    void write_packDeleted_itsChunksAreStoredAgain() throws Exception {
        var repository = copy();
        try (var packs = Files.walk(repository.folder().resolve("packs"))) {
            for (var pack : packs.filter(Files::isRegularFile).toList()) {
                Files.delete(pack);
            }
        }
        try (var open = repository.open()) {
            var again = SnapshotRuns.take(open, scene.source(1), scene.label(1));
            assertThat(again.record().totals().addedBytes()).isPositive();
            assertThat(scene.restoreProblem(open, again)).isEmpty();
            assertThat(scene.restoreProblem(open, first)).isEmpty();
        }
    }

    @Test
    void read_packDeleted_isDamageNotAStaleAnswer() throws Exception {
        var repository = copy();
        byte[] chunk = new byte[1000];
        new Random(SEED).nextBytes(chunk);
        try (var open = repository.open();
                var writer = open.write()) {
            var before = packs(repository);
            var id = writer.openLane().store(ChunkKind.DATA, chunk, 0, chunk.length, BaseHint.NONE);
            writer.flush();
            var added = packs(repository).stream()
                    .filter(pack -> !before.contains(pack))
                    .toList();
            assertThat(open.chunks().read(id)).isEqualTo(chunk);
            for (var pack : added) {
                Files.delete(pack);
            }
        }
        try (var open = repository.open()) {
            var id = open.idOf(chunk, 0, chunk.length);
            assertThat(open.chunks().contains(id)).isFalse();
            assertThat(damage(() -> open.chunks().read(id))).isPresent();
        }
    }

    /** Of a run that was broken off, and damaged since the index learnt of it. */
    @Test
    void write_packOfABrokenOffRunDamaged_isNotReliedUpon() throws Exception {
        var repository = copy();
        byte[] chunk = new byte[1000];
        new Random(SEED).nextBytes(chunk);
        var before = packs(repository);
        try (var open = repository.open();
                var brokenOff = open.write()) {
            var _ = brokenOff.openLane().store(ChunkKind.DATA, chunk, 0, chunk.length, BaseHint.NONE);
            brokenOff.flush();
        }
        for (var pack : packs(repository)) {
            if (!before.contains(pack)) {
                byte[] bytes = Files.readAllBytes(pack);
                Files.write(pack, Arrays.copyOf(bytes, bytes.length - 1));
            }
        }
        try (var open = repository.open();
                var relying = open.write()) {
            var _ = relying.openLane().store(ChunkKind.DATA, chunk, 0, chunk.length, BaseHint.NONE);
            assertThat(relying.addedBytes()).isZero();
            assertThat(damage(() -> {
                        relying.flush();
                        return chunk;
                    }))
                    .isPresent();
        }
        try (var open = repository.open();
                var writer = open.write()) {
            var id = writer.openLane().store(ChunkKind.DATA, chunk, 0, chunk.length, BaseHint.NONE);
            assertThat(writer.addedBytes()).isEqualTo(chunk.length);
            writer.flush();
            assertThat(open.chunks().read(id)).isEqualTo(chunk);
        }
    }

    private interface Read {
        byte[] read() throws Exception;
    }

    private static Optional<DamageException> damage(Read read) throws Exception {
        try {
            read.read();
            return Optional.empty();
        } catch (DamageException e) {
            return Optional.of(e);
        }
    }

    private static List<Path> packs(RealRepository repository) throws IOException {
        try (var packs = Files.walk(repository.folder().resolve("packs"))) {
            return packs.filter(Files::isRegularFile).toList();
        }
    }
}
