package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.repository.BaseHint;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.CollectionOptions;
import dev.strandline.core.repository.StoredAmounts;
import dev.strandline.core.repository.StoredChunk;
import dev.strandline.store.testkit.MemoryFolders;
import dev.strandline.store.testkit.SnapshotRuns.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a repository says that it holds, held against its files. */
class PackAmountsTest {
    private static final int RUNS = 5;

    @TempDir(factory = MemoryFolders.class)
    private Path folder;

    private RealRepository real;

    @BeforeEach
    void takeSnapshots() throws Exception {
        real = new RealRepository(folder.resolve("repository"));
        real.init();
        var source = Files.createDirectories(folder.resolve("source"));
        var random = new Random(5);
        byte[] bytes = new byte[20_000];
        random.nextBytes(bytes);
        for (int i = 0; i < RUNS; i++) {
            bytes[random.nextInt(bytes.length)] ^= 1;
            Files.write(source.resolve("edited"), bytes);
            Files.writeString(source.resolve("new-" + i), "text ".repeat(1000 + i));
            real.run(source, Label.of(i, Optional.empty()));
        }
    }

    private long fileBytes() throws IOException {
        long sum = 0;
        try (var files = Files.walk(real.folder())) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(real.index()) && !file.endsWith("reserve"))
                    .toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    private StoredAmounts amounts(List<StoredChunk> chunks) throws Exception {
        try (var repository = real.open()) {
            return repository.inspect().amounts(chunks::add);
        }
    }

    private void assertAddsUp(long dataChunks) throws Exception {
        var chunks = new ArrayList<StoredChunk>();
        var amounts = amounts(chunks);
        assertThat(amounts.totalBytes()).isEqualTo(fileBytes());
        assertThat(chunks.stream().mapToLong(StoredChunk::storedBytes).sum())
                .isEqualTo(amounts.data().storedBytes() + amounts.tree().storedBytes());
        assertThat(amounts.data().chunks()).isEqualTo(dataChunks);
        assertThat(amounts.dataSizes().count()).isEqualTo(dataChunks);
        assertThat(amounts.data().compressionBytes()).isPositive();
        assertThat(amounts.overheadBytes()).isPositive();
    }

    @Test
    void amounts_ofSingleRuns_areWhatTheFilesTake() throws Exception {
        assertAddsUp(2L * RUNS);
    }

    @Test
    void amounts_afterAGarbageCollection_areWhatTheFilesTake() throws Exception {
        try (var repository = real.open()) {
            repository.forget(
                    List.of(repository.snapshots().snapshots().getFirst().id()));
            repository.collect(new CollectionOptions(0, Optional.empty(), Duration.ZERO, false), () -> {});
        }
        assertAddsUp(2L * RUNS - 1);
    }

    @Test
    void amounts_ofADifference_saysWhatItSavesOverCompression() throws Exception {
        byte[] base = new byte[20_000];
        new Random(6).nextBytes(base);
        byte[] edited = base.clone();
        edited[700]++;
        try (var repository = real.open();
                var writer = repository.write()) {
            var lane = writer.openLane();
            var id = lane.store(ChunkKind.DATA, base, 0, base.length, BaseHint.NONE);
            writer.flush();
            lane.store(ChunkKind.DATA, edited, 0, edited.length, () -> id);
            writer.flush();
            writer.commit(PresumptionTest.record());
        }
        var data = amounts(new ArrayList<>()).data();
        assertThat(data.differences()).isEqualTo(1);
        assertThat(data.differencePlainBytes()).isEqualTo(edited.length);
        assertThat(data.differenceStoredBytes()).isBetween(1L, 500L);
        assertThat(data.deltaBytes()).isGreaterThan(edited.length / 3);
    }

    @Test
    void amounts_withoutASegment_areTheSame() throws Exception {
        var before = amounts(new ArrayList<>());
        try (var segments = Files.walk(real.folder().resolve("index"))) {
            for (var segment : segments.filter(Files::isRegularFile).toList()) {
                Files.delete(segment);
            }
        }
        var after = amounts(new ArrayList<>());
        assertThat(after.data()).isEqualTo(before.data());
        assertThat(after.tree()).isEqualTo(before.tree());
        assertThat(after.dataSizes()).isEqualTo(before.dataSizes());
    }
}
