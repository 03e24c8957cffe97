package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.strandline.core.report.Holdings;
import dev.strandline.core.report.RepositoryReport;
import dev.strandline.core.repository.CollectionOptions;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.StoredAmounts;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.testkit.FolderContents;
import dev.strandline.store.testkit.MemoryFolders;
import dev.strandline.store.testkit.SnapshotRuns.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a snapshot is said to hold alone, held against what a garbage collection frees without it. */
class HoldingsTest {
    private static final CollectionOptions EAGER = new CollectionOptions(0, Optional.empty(), Duration.ZERO, false);

    @TempDir(factory = MemoryFolders.class)
    private Path folder;

    private RealRepository real;
    private Path source;
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

    private void take() throws RepositoryException {
        taken.add(real.run(source, Label.of(taken.size(), Optional.empty())));
    }

    private RepositoryReport report() throws RepositoryException {
        try (var repository = real.open()) {
            return RepositoryReport.full(
                    repository,
                    repository.snapshots().snapshots(),
                    Instant.EPOCH,
                    ZoneOffset.UTC,
                    new RepositoryReport.Reading() {
                        @Override
                        public String kind(String name) {
                            return "file";
                        }

                        @Override
                        public void damaged(DamageException damage) {
                            throw new AssertionError(damage);
                        }
                    });
        }
    }

    private static Holdings holdings(RepositoryReport report) {
        return report.detail().orElseThrow().holdings();
    }

    private static long frameBytes(RepositoryReport report) {
        StoredAmounts stored = report.deduplication().stored();
        return stored.data().storedBytes() + stored.tree().storedBytes();
    }

    @Test
    void alone_ofEachSnapshot_isWhatForgettingItFrees() throws Exception {
        write("always", 1, 60_000);
        for (int i = 0; i < 4; i++) {
            // Each has something of its own, of another size, and something that the next one has too.
            Files.deleteIfExists(source.resolve("own-" + (i - 1)));
            Files.deleteIfExists(source.resolve("shared-" + (i - 2)));
            write("own-" + i, 10 + i, 10_000 * (i + 1));
            write("shared-" + i, 20 + i, 30_000);
            take();
        }
        for (var snapshot : List.copyOf(taken).subList(0, 3)) {
            var before = report();
            long alone = holdings(before).aloneBytes(snapshot);
            assertThat(alone).isGreaterThan(10_000);
            try (var repository = real.open()) {
                repository.forget(List.of(snapshot.id()));
                repository.collect(EAGER, () -> {});
            }
            var after = report();
            // What is copied is compressed anew with other neighbours, so a few bytes are to be forgiven.
            assertThat(frameBytes(before) - frameBytes(after)).isCloseTo(alone, within(alone / 50));
            assertThat(holdings(after).unusedBytes()).isZero();
        }
    }

    @Test
    void holdings_ofARepository_makeUpItsFrames() throws Exception {
        write("a", 1, 50_000);
        take();
        write("a", 2, 50_000);
        take();
        var report = report();
        var holdings = holdings(report);
        long alone = taken.stream().mapToLong(holdings::aloneBytes).sum();
        assertThat(alone + holdings.sharedBytes() + holdings.unusedBytes()).isEqualTo(frameBytes(report));
        assertThat(holdings.kinds().values().stream().mapToLong(Long::longValue).sum() + holdings.unusedBytes())
                .isEqualTo(frameBytes(report));
        assertThat(holdings.unusedBytes()).isZero();
    }

    @Test
    void unused_isWhatAForgottenSnapshotLeaves() throws Exception {
        write("a", 1, 50_000);
        take();
        write("a", 2, 50_000);
        take();
        long alone = holdings(report()).aloneBytes(taken.getFirst());
        try (var repository = real.open()) {
            repository.forget(List.of(taken.getFirst().id()));
        }
        assertThat(holdings(report()).unusedBytes()).isEqualTo(alone);
    }

    private Map<SnapshotId, Long> exclusiveBytes() throws RepositoryException {
        try (var repository = real.open()) {
            return repository.exclusiveBytes(repository.snapshots().snapshots(), Duration.ofDays(1));
        }
    }

    /** As a report finds it, that looks at everything. */
    private Map<SnapshotId, Long> reportedBytes() throws RepositoryException {
        var holdings = holdings(report());
        try (var repository = real.open()) {
            return repository.snapshots().snapshots().stream()
                    .collect(Collectors.toMap(Snapshot::id, holdings::aloneBytes));
        }
    }

    @Test
    void exclusiveBytes_afterAnyChanges_areWhatAReportFinds() throws Exception {
        long seed = 20_261_128;
        System.out.println("snapshots with seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 1_500; i++) {
            write("wide/a file of a long name, so that its directory becomes large, " + i, i, 20);
        }
        byte[] large = new byte[6 << 20];
        random.nextBytes(large);
        for (int step = 0; step < 30; step++) {
            write("d" + random.nextInt(3) + "/e" + random.nextInt(3) + "/f" + random.nextInt(6), step, 300);
            if (step % 5 == 0) {
                large[random.nextInt(large.length)]++;
                Files.write(source.resolve("large"), large);
                write("wide/another " + step, step, 20);
            }
            if (step % 7 == 6) {
                FolderContents.remove(source.resolve("d" + random.nextInt(3)));
            }
            take();
            if (random.nextInt(3) > 0) {
                assertThat(exclusiveBytes()).isEqualTo(reportedBytes());
            }
            try (var repository = real.open()) {
                if (random.nextInt(4) == 0) {
                    repository.forget(
                            List.of(taken.remove(random.nextInt(taken.size())).id()));
                }
                if (random.nextInt(5) == 0) {
                    repository.collect(EAGER, () -> {});
                }
            }
            if (random.nextInt(8) == 0) {
                FolderContents.remove(real.index());
                assertThat(exclusiveBytes()).isEmpty();
            }
        }
        assertThat(exclusiveBytes()).isEqualTo(reportedBytes());
    }

    @Test
    void exclusiveBytes_ofWhatAnotherRunAddsMeanwhile_areToldToo() throws Exception {
        write("a", 1, 50_000);
        take();
        try (var repository = real.open()) {
            assertThat(repository.exclusiveBytes(taken, Duration.ofDays(1))).hasSize(1);
            write("a", 2, 60_000);
            take();
            assertThat(repository.exclusiveBytes(taken, Duration.ofDays(1))).isEqualTo(reportedBytes());
        }
    }

    @Test
    void exclusiveBytes_whatIsDamagedOrTakesLong_areNotTold() throws Exception {
        write("a", 1, 50_000);
        take();
        try (var repository = real.open()) {
            assertThat(repository.exclusiveBytes(taken, Duration.ofNanos(-1))).isEmpty();
            assertThat(repository.exclusiveBytes(taken, Duration.ofDays(1)))
                    .containsOnlyKeys(taken.getFirst().id());
        }
        take();
        try (var files = Files.walk(real.folder().resolve("snapshots"))) {
            var record = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            Files.write(record, new byte[100]);
        }
        assertThat(exclusiveBytes()).isEmpty();
    }
}
