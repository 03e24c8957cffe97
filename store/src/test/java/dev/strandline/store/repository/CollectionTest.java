package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.check.Checker;
import dev.strandline.core.repository.CollectionOptions;
import dev.strandline.core.repository.CollectionReport;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.testkit.FolderContents;
import dev.strandline.store.testkit.MemoryFolders;
import dev.strandline.store.testkit.SnapshotRuns;
import dev.strandline.store.testkit.SnapshotRuns.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Garbage collection, alone and beside runs, of a repository in a real folder. */
class CollectionTest {
    private static final CollectionOptions EAGER = new CollectionOptions(0, Optional.empty(), Duration.ZERO, false);

    private static final CollectionOptions REHEARSAL = new CollectionOptions(0, Optional.empty(), Duration.ZERO, true);

    @TempDir(factory = MemoryFolders.class)
    private Path folder;

    private RealRepository real;
    private Path source;
    private final Map<SnapshotId, Map<String, String>> expected = new TreeMap<>();
    private final List<Snapshot> taken = new ArrayList<>();

    @BeforeEach
    void createRepository() throws Exception {
        real = new RealRepository(folder.resolve("repository"));
        real.init();
        source = Files.createDirectories(folder.resolve("source"));
    }

    private void write(String name, int seed, int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        var file = source.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private Snapshot take() throws RepositoryException, IOException {
        var snapshot = real.run(source, Label.of(taken.size(), Optional.empty()));
        expect(snapshot);
        return snapshot;
    }

    private void expect(Snapshot snapshot) throws IOException {
        taken.add(snapshot);
        expected.put(snapshot.id(), FolderContents.of(source));
    }

    private void forget(Snapshot... snapshots) throws RepositoryException {
        try (var repository = real.open()) {
            var ids = List.of(snapshots).stream().map(Snapshot::id).toList();
            repository.forget(ids);
            ids.forEach(expected::remove);
        }
    }

    private CollectionReport collect(CollectionOptions options) throws RepositoryException {
        try (var repository = real.open()) {
            return repository.collect(options, () -> {});
        }
    }

    /** Every object of a kind. */
    private SortedSet<String> objects(String kind) throws IOException {
        var names = new TreeSet<String>();
        var place = real.folder().resolve(kind);
        if (Files.exists(place)) {
            try (var files = Files.walk(place)) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> names.add(file.getFileName().toString()));
            }
        }
        return names;
    }

    private long packBytes() throws IOException {
        long sum = 0;
        try (var files = Files.walk(real.folder().resolve("packs"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    /** What was not forgotten, and nothing else, is there and restores bit for bit; with this index and a new one. */
    private void assertAllThere() throws Exception {
        assertAllThere(real);
        FolderContents.remove(real.index());
        assertAllThere(real);
    }

    private void assertAllThere(RealRepository place) throws Exception {
        try (var repository = place.open()) {
            var listing = repository.snapshots();
            assertThat(listing.damaged()).isEmpty();
            assertThat(listing.snapshots().stream().map(Snapshot::id))
                    .containsExactlyInAnyOrderElementsOf(expected.keySet());
            for (var snapshot : listing.snapshots()) {
                assertRestores(repository, snapshot);
            }
            var report = SnapshotRuns.check(repository);
            assertThat(report.damages()).isEmpty();
            assertThat(report.affected()).isEmpty();
        }
    }

    private void assertRestores(Repository repository, Snapshot snapshot) throws Exception {
        var target = folder.resolve("restored");
        assertThat(SnapshotRuns.restore(repository, snapshot, target).count()).isZero();
        assertThat(FolderContents.of(target)).isEqualTo(expected.get(snapshot.id()));
        FolderContents.remove(target);
    }

    @Test
    void notesOfForgottenSnapshots_becomeOneAndStayAsLongAsAParentIsNamed() throws Exception {
        for (int i = 0; i < 6; i++) {
            write("file", i, 1000);
            expect(real.run(
                    source,
                    Label.of(
                            i,
                            taken.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(taken.getLast().id()))));
        }
        forget(taken.get(0));
        forget(taken.get(2));
        forget(taken.get(4));
        collect(EAGER);
        assertThat(objects("forgotten")).hasSize(1);
        try (var repository = real.open()) {
            // The first one's child is there, and so is the third's and the fifth's.
            assertThat(repository.snapshots().forgotten())
                    .containsExactlyInAnyOrder(
                            taken.get(0).id(), taken.get(2).id(), taken.get(4).id());
            assertThat(new Checker(repository, _ -> {}, () -> false).check(1).damages())
                    .isEmpty();
        }
        forget(taken.get(1), taken.get(3));
        collect(EAGER);
        collect(EAGER);
        assertThat(objects("forgotten")).hasSize(1);
        try (var repository = real.open()) {
            assertThat(repository.snapshots().forgotten())
                    .containsExactly(taken.get(4).id());
        }
        Files.delete(
                real.folder().resolve("forgotten").resolve(objects("forgotten").first()));
        try (var repository = real.open()) {
            assertThat(new Checker(repository, _ -> {}, () -> false).check(1).damages())
                    .singleElement()
                    .asString()
                    .contains("it is missing");
        }
    }

    @Test
    void collect_nothingForgotten_deletesNothing() throws Exception {
        write("a", 1, 100_000);
        take();
        var packs = objects("packs");
        var report = collect(EAGER);
        assertThat(report.deletedPacks()).isZero();
        assertThat(report.unusedChunks()).isZero();
        assertThat(objects("packs")).isEqualTo(packs);
        assertThat(objects("gc")).isEmpty();
        assertAllThere();
    }

    @Test
    void collect_forgottenSnapshot_freesWhatOnlyItNeeded() throws Exception {
        write("stays", 1, 200_000);
        write("goes", 2, 300_000);
        var first = take();
        Files.delete(source.resolve("goes"));
        take();
        long before = packBytes();
        forget(first);
        var report = collect(EAGER);
        assertThat(before - packBytes()).isGreaterThan(250_000);
        assertThat(report.freedBytes() - report.writtenBytes()).isEqualTo(before - packBytes());
        assertThat(report.snapshots()).isEqualTo(1);
        assertAllThere();
        assertThat(objects("forgotten")).isEmpty();
        assertThat(objects("snapshots")).hasSize(1);
        assertThat(objects("session")).isEmpty();
        assertThat(objects("probe")).isEmpty();
    }

    @Test
    void collect_everythingForgotten_leavesNoPack() throws Exception {
        write("a", 1, 300_000);
        forget(take());
        collect(EAGER);
        assertThat(objects("packs")).isEmpty();
        assertThat(objects("index")).isEmpty();
        assertAllThere();
        take();
        assertAllThere();
    }

    @Test
    void collect_again_findsNothing() throws Exception {
        write("stays", 1, 200_000);
        write("goes", 2, 300_000);
        var first = take();
        Files.delete(source.resolve("goes"));
        take();
        forget(first);
        collect(EAGER);
        var packs = objects("packs");
        for (int i = 0; i < 3; i++) {
            var report = collect(EAGER);
            assertThat(report.unusedChunks()).isZero();
            assertThat(report.deletedPacks()).isZero();
        }
        assertThat(objects("packs")).isEqualTo(packs);
        assertThat(objects("gc")).hasSize(1);
        assertThat(objects("settled")).hasSize(1);
    }

    /** What a collection would find if nothing were known of where directories lead. */
    private CollectionReport rehearseKnowingNothing() throws Exception {
        var aside = folder.resolve("aside");
        Files.move(real.index(), aside);
        var report = collect(REHEARSAL);
        FolderContents.remove(real.index());
        Files.move(aside, real.index());
        return report;
    }

    @Test
    void collect_afterAnyChanges_findsWhatItWouldIfNothingWereKnown() throws Exception {
        long seed = 20_261_127;
        System.out.println("collections with seed " + seed);
        var random = new Random(seed);
        byte[] large = new byte[6 << 20];
        random.nextBytes(large);
        for (int step = 0; step < 40; step++) {
            write("d" + random.nextInt(3) + "/e" + random.nextInt(3) + "/f" + random.nextInt(6), step, 300);
            if (step % 5 == 0) {
                large[random.nextInt(large.length)]++;
                Files.write(source.resolve("large"), large);
            }
            if (step % 7 == 6) {
                FolderContents.remove(source.resolve("d" + random.nextInt(3)));
            }
            take();
            if (random.nextInt(4) == 0) {
                forget(taken.remove(random.nextInt(taken.size())));
            }
            assertThat(collect(REHEARSAL)).isEqualTo(rehearseKnowingNothing());
            if (random.nextInt(3) == 0) {
                assertThat(collect(EAGER).unusedChunks()).isNotNegative();
                assertThat(collect(REHEARSAL).unusedChunks()).isZero();
            }
        }
        assertAllThere();
    }

    @Test
    void collect_directoryKnownFromBefore_isNotReadAgain() throws Exception {
        write("a", 1, 100_000);
        var first = take();
        write("b", 2, 100_000);
        take();
        collect(EAGER);
        forget(first);
        var packs = objects("packs");
        try (var files = Files.walk(real.folder().resolve("packs"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                byte[] pack = Files.readAllBytes(file);
                Arrays.fill(pack, 64, pack.length, (byte) 0);
                Files.write(file, pack);
            }
        }
        assertThat(collect(REHEARSAL).snapshots()).isEqualTo(1);
        FolderContents.remove(real.index());
        assertThatThrownBy(() -> collect(EAGER)).isInstanceOf(DamageException.class);
        assertThat(objects("packs")).isEqualTo(packs);
    }

    @Test
    void collect_dryRun_saysWhatItWouldFreeAndDoesNothing() throws Exception {
        write("a", 1, 300_000);
        forget(take());
        var packs = objects("packs");
        var report = collect(REHEARSAL);
        assertThat(report.deadPacks()).isEqualTo(packs.size());
        assertThat(report.deletedPacks()).isZero();
        assertThat(objects("packs")).isEqualTo(packs);
        assertThat(objects("gc")).isEmpty();
    }

    @Test
    void collect_unusedBelowTheLimit_isLeftAlone() throws Exception {
        write("stays", 1, 2_000);
        write("goes", 2, 10_000);
        write("more", 3, 40_000);
        var first = take();
        Files.delete(source.resolve("goes"));
        take();
        forget(first);
        var packs = objects("packs");
        var report = collect(new CollectionOptions(0.5, Optional.empty(), Duration.ZERO, false));
        assertThat(report.unusedChunks()).isPositive();
        assertThat(objects("packs")).isEqualTo(packs);
        assertAllThere();
    }

    @Test
    void collect_manySmallRuns_mergesTheirPacksSegmentsAndRecords() throws Exception {
        int runs = 300;
        for (int i = 0; i < runs; i++) {
            write("file-" + i % 7, i, 500 + i);
            take();
        }
        assertThat(objects("packs")).hasSizeGreaterThanOrEqualTo(runs);
        var report = collect(EAGER);
        assertThat(report.mergedRecords()).isEqualTo(runs - 128);
        assertThat(objects("packs")).hasSizeLessThan(40);
        assertThat(objects("snapshots")).hasSize(128);
        assertThat(objects("bundles")).hasSize(1);
        assertThat(objects("index")).hasSizeLessThan(8);
        assertAllThere();
        var old = taken.subList(0, 200).toArray(Snapshot[]::new);
        forget(old);
        assertAllThere();
        collect(EAGER);
        assertThat(objects("bundles")).isEmpty();
        assertThat(objects("forgotten")).isEmpty();
        assertThat(objects("snapshots").size()).isEqualTo(100);
        assertAllThere();
    }

    @Test
    void collect_smallPacks_mergesTheTinyAtOnceAndTheOthersWhenTheyAreMany() throws Exception {
        for (int i = 0; i < 31; i++) {
            write("small-" + i, i, 70_000);
            take();
        }
        // The directory of each run is in a tiny pack of its own.
        assertThat(objects("packs")).hasSize(62);
        collect(EAGER);
        var packs = objects("packs");
        assertThat(packs).hasSize(32);
        collect(EAGER);
        assertThat(objects("packs")).isEqualTo(packs);
        write("one more", 50, 70_000);
        take();
        collect(EAGER);
        assertThat(objects("packs")).doesNotContainAnyElementsOf(packs);
        assertAllThere();
    }

    @Test
    void collect_besideARunThatReliesOnWhatIsForgotten_keepsIt() throws Exception {
        write("a", 1, 300_000);
        var first = take();
        try (var repository = real.open();
                var writer = repository.write()) {
            var record = SnapshotRuns.capture(repository, writer, source, Label.of(1, Optional.empty()));
            assertThat(writer.addedBytes()).isZero();
            forget(first);
            var report = collect(EAGER);
            assertThat(report.waitsFor()).isEqualTo(1);
            assertThat(report.deletedPacks()).isZero();
            writer.commit(record);
            expect(new Snapshot(writer.id(), record));
        }
        collect(EAGER);
        assertAllThere();
    }

    @Test
    void write_whilePacksAreCondemned_storesAgainWhatIsInThem() throws Exception {
        write("a", 1, 300_000);
        var first = take();
        Snapshot second;
        try (var repository = real.open();
                var waiting = repository.write()) {
            forget(first);
            assertThat(collect(EAGER).waitsFor()).isEqualTo(1);
            second = take();
            assertThat(second.record().totals().addedBytes()).isGreaterThanOrEqualTo(300_000);
            assertThat(waiting.addedBytes()).isZero();
        }
        assertThat(collect(EAGER).deletedPacks()).isPositive();
        assertAllThere();
    }

    @Test
    void commit_afterBeingFenced_isRefusedAndLosesNothing() throws Exception {
        write("a", 1, 300_000);
        var first = take();
        try (var repository = real.open();
                var writer = repository.write()) {
            var record = SnapshotRuns.capture(repository, writer, source, Label.of(1, Optional.empty()));
            forget(first);
            var nextDay = real.at(Clock.offset(Clock.systemUTC(), Duration.ofHours(25)));
            try (var later = nextDay.open()) {
                assertThat(later.collect(EAGER, () -> {}).deletedPacks()).isPositive();
            }
            assertThatThrownBy(() -> writer.commit(record))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("ended by a garbage collection");
        }
        assertAllThere();
        take();
        assertAllThere();
    }

    @Test
    void collect_sessionOfADeadRun_isFencedAndWaitedForByNobody() throws Exception {
        write("a", 1, 300_000);
        forget(take());
        var dead = Files.createDirectories(real.folder().resolve("session")).resolve("ab".repeat(32));
        Files.write(dead, new byte[] {1, 2, 3});
        assertThat(collect(EAGER).deletedPacks()).isPositive();
        assertThat(dead).doesNotExist();
        assertThat(objects("snapshots")).containsExactly("ab".repeat(32));
        assertAllThere();
        var nextYear = real.at(Clock.offset(Clock.systemUTC(), Duration.ofDays(366)));
        try (var later = nextYear.open()) {
            later.collect(EAGER, () -> {});
        }
        assertThat(objects("snapshots")).isEmpty();
    }

    @Test
    void collect_damagedTree_deletesNothing() throws Exception {
        write("a", 1, 300_000);
        var first = take();
        write("b/c", 2, 1_000);
        take();
        forget(first);
        for (var pack : objects("packs")) {
            var file =
                    real.folder().resolve("packs").resolve(pack.substring(0, 2)).resolve(pack);
            byte[] bytes = Files.readAllBytes(file);
            for (int i = 40; i < bytes.length - 1000; i += 1000) {
                bytes[i] ^= 1;
            }
            Files.write(file, bytes);
        }
        var packs = objects("packs");
        var records = objects("snapshots");
        assertThatThrownBy(() -> collect(EAGER)).isInstanceOf(DamageException.class);
        assertThat(objects("packs")).isEqualTo(packs);
        assertThat(objects("snapshots")).isEqualTo(records);
        assertThat(objects("gc")).isEmpty();
    }

    @Test
    void collect_recordOfAnUnknownVersion_deletesNothing() throws Exception {
        write("a", 1, 300_000);
        forget(take());
        write("b", 2, 1_000);
        var file = real.folder().resolve("snapshots").resolve(take().id().hex());
        byte[] bytes = Files.readAllBytes(file);
        bytes[5] = 2;
        Files.write(file, bytes);
        var packs = objects("packs");
        assertThatThrownBy(() -> collect(EAGER))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("snapshots/");
        assertThat(objects("packs")).isEqualTo(packs);
    }
}
