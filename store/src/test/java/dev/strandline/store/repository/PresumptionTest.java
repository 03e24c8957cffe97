package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.repository.BaseHint;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.snapshot.SnapshotTotals;
import dev.strandline.core.snapshot.Trigger;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.EncodedNode;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
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
import java.util.Set;
import java.util.stream.Collectors;
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

    private Set<Path> packs() throws IOException {
        try (var files = Files.walk(real.folder().resolve("packs"))) {
            return files.filter(Files::isRegularFile).collect(Collectors.toSet());
        }
    }

    private static EncodedNode file(ChunkId chunk, int length) {
        var metadata = new Metadata(0, 0, 0, new FileTime(0, 0), List.of(), Optional.empty());
        var content = new ChunkStream.Direct(List.of(new Extent.Chunk(chunk, length)));
        return EncodedNode.of(new Node.RegularFile(metadata, content, false));
    }

    @Test
    void presume_aPackIsGone_theIndexSaysWhatIsLeft() throws Exception {
        var before = packs();
        byte[] other = "something else".getBytes(StandardCharsets.US_ASCII);
        byte[] both;
        try (var repository = real.open();
                var writer = repository.write()) {
            assertThat(writer.presume(recalled)).isTrue();
            writer.openLane().store(ChunkKind.DATA, other, 0, other.length, BaseHint.NONE);
            writer.flush();
            writer.commit(record());
            both = writer.recall();
        }
        for (var pack : packs()) {
            if (!before.contains(pack)) {
                Files.delete(pack);
            }
        }
        try (var repository = real.open();
                var writer = repository.write()) {
            assertThat(writer.presume(both)).isTrue();
            assertThat(writer.holds(file(repository.idOf(DATA, 0, DATA.length), DATA.length)))
                    .isTrue();
            assertThat(writer.holds(file(repository.idOf(other, 0, other.length), other.length)))
                    .isFalse();
            assertThat(writer.openLane().repeat(repository.idOf(TREE, 0, TREE.length)))
                    .isTrue();
        }
    }

    @Test
    void presume_allPacksAreGone_theTreeIsStoredAgain() throws Exception {
        for (var pack : packs()) {
            Files.delete(pack);
        }
        try (var repository = real.open();
                var writer = repository.write()) {
            assertThat(writer.presume(recalled)).isTrue();
            assertThat(writer.openLane().repeat(repository.idOf(TREE, 0, TREE.length)))
                    .isFalse();
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
