package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.repository.BaseHint;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.snapshot.SnapshotTotals;
import dev.strandline.core.snapshot.Trigger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session takes for stored because an earlier one says so. */
class PresumptionTest {
    private static final byte[] TREE = "a tree".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "content".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private RealRepository real;
    private byte[] recalled = {};

    @BeforeEach
    void storeOnce() throws Exception {
        real = new RealRepository(folder.resolve("repository"));
        real.init();
        recalled = session(new byte[0]);
    }

    /** Stores both chunks and commits; what was recalled before counts when there is something. */
    private byte[] session(byte[] before) throws RepositoryException {
        try (var repository = real.open();
                var writer = repository.write()) {
            if (before.length > 0) {
                assertThat(writer.presume(before)).isTrue();
            }
            var lane = writer.openLane();
            lane.store(ChunkKind.TREE, TREE, 0, TREE.length, BaseHint.NONE);
            if (before.length == 0) {
                lane.store(ChunkKind.DATA, DATA, 0, DATA.length, BaseHint.NONE);
            }
            writer.flush();
            if (before.length > 0) {
                assertThat(writer.addedBytes()).isZero();
            }
            writer.commit(record());
            return writer.recall();
        }
    }

    static SnapshotRecord record() {
        return new SnapshotRecord(
                Instant.EPOCH,
                ZoneOffset.UTC,
                "host",
                "user",
                "test",
                "",
                List.of(),
                Trigger.MANUAL,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                new SnapshotTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO),
                List.of());
    }

    private void deleteIndex() throws IOException {
        try (var files = Files.walk(real.index())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void presume_allPacksThere_storesKnownTreesWithoutOpeningTheIndex() throws Exception {
        deleteIndex();
        byte[] again = session(recalled);
        assertThat(real.index()).doesNotExist();
        session(again);
        assertThat(real.index()).doesNotExist();
    }

    @Test
    void presume_aPackIsGone_isRefusedAndTheTreeIsStoredAgain() throws Exception {
        try (var files = Files.walk(real.folder().resolve("packs"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        try (var repository = real.open();
                var writer = repository.write()) {
            assertThat(writer.presume(recalled)).isFalse();
            writer.openLane().store(ChunkKind.TREE, TREE, 0, TREE.length, BaseHint.NONE);
            writer.flush();
            assertThat(writer.addedBytes()).isEqualTo(TREE.length);
        }
    }

    @Test
    void repeat_presumedTree_countsAsStoredAndIsRecalledAgain() throws Exception {
        deleteIndex();
        byte[] again;
        try (var repository = real.open();
                var writer = repository.write()) {
            assertThat(writer.openLane().repeat(repository.idOf(TREE, 0, TREE.length)))
                    .isFalse();
            assertThat(writer.presume(recalled)).isTrue();
            assertThat(writer.openLane().repeat(repository.idOf(TREE, 0, TREE.length)))
                    .isTrue();
            assertThat(writer.openLane().repeat(repository.idOf(DATA, 0, DATA.length)))
                    .isFalse();
            writer.commit(record());
            again = writer.recall();
        }
        assertThat(again).isEqualTo(recalled);
        assertThat(real.index()).doesNotExist();
    }

    @Test
    void presume_unknownTree_isStored() throws Exception {
        try (var repository = real.open();
                var writer = repository.write()) {
            assertThat(writer.presume(recalled)).isTrue();
            byte[] other = "another tree".getBytes(StandardCharsets.US_ASCII);
            writer.openLane().store(ChunkKind.TREE, other, 0, other.length, BaseHint.NONE);
            writer.flush();
            assertThat(writer.addedBytes()).isEqualTo(other.length);
        }
    }

    @Test
    void presume_garbage_isRefused() throws Exception {
        try (var repository = real.open();
                var writer = repository.write()) {
            assertThat(writer.presume(new byte[] {-1, -1, -1})).isFalse();
            assertThat(writer.presume(Arrays.copyOf(recalled, recalled.length - 1)))
                    .isFalse();
        }
    }
}
