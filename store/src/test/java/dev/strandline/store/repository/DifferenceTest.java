package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.BaseHint;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.ChunkReceiver;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.Inspection;
import dev.strandline.core.repository.RepositoryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chunks that are stored as what differs from another one. */
class DifferenceTest {
    private static final long SEED = 41;
    private static final int CHUNK_BYTES = 20_000;
    private static final int SMALL_BYTES = 1500;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private RealRepository real;

    @BeforeEach
    void init() throws Exception {
        System.out.println("differences with seed " + SEED);
        real = new RealRepository(folder.resolve("repository"));
        real.init();
    }

    /** Random words: compresses to about a third. */
    private byte[] text(int length) {
        var text = new StringBuilder();
        while (text.length() < length) {
            text.append(Integer.toString(random.nextInt(50_000), 36)).append(random.nextInt(8) == 0 ? '\n' : ' ');
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] edited(byte[] chunk) {
        byte[] edited = chunk.clone();
        edited[random.nextInt(edited.length)] ^= 1;
        return edited;
    }

    private record Saved(ChunkId id, long storedBytes) {}

    /** A session that stores one chunk. */
    private Saved save(byte[] chunk, @Nullable ChunkId hint) throws RepositoryException {
        try (var repository = real.open();
                var writer = repository.write()) {
            var id = writer.openLane().store(ChunkKind.DATA, chunk, 0, chunk.length, () -> hint);
            writer.flush();
            long stored = writer.storedBytes();
            writer.commit(PresumptionTest.record());
            return new Saved(id, stored);
        }
    }

    private byte[] read(ChunkId id) throws RepositoryException {
        try (var repository = real.open()) {
            return repository.chunks().read(id);
        }
    }

    private List<Path> packs() throws IOException {
        try (var files = Files.walk(real.folder().resolve("packs"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private Path onlyNew(List<Path> before) throws IOException {
        var added = new ArrayList<>(packs());
        added.removeAll(before);
        assertThat(added).hasSize(1);
        return added.getFirst();
    }

    @Test
    void store_editedChunk_takesLittleAndReadsBack() throws Exception {
        byte[] first = text(CHUNK_BYTES);
        byte[] second = edited(first);
        var base = save(first, null);
        var difference = save(second, base.id());
        assertThat(base.storedBytes()).isGreaterThan(5000);
        assertThat(difference.storedBytes()).isLessThan(SMALL_BYTES);
        assertThat(read(difference.id())).isEqualTo(second);
        assertThat(read(base.id())).isEqualTo(first);
    }

    @Test
    void store_manyEditsOfOneChunk_allAreDifferencesFromTheFirst() throws Exception {
        byte[] chunk = text(CHUNK_BYTES);
        var last = save(chunk, null);
        var needed = packs();
        for (int i = 0; i < 10; i++) {
            var before = packs();
            chunk = edited(chunk);
            last = save(chunk, last.id());
            assertThat(last.storedBytes()).isLessThan(SMALL_BYTES);
            needed = List.of(needed.getFirst(), onlyNew(before));
        }
        for (var pack : packs()) {
            if (!needed.contains(pack)) {
                Files.delete(pack);
            }
        }
        assertThat(packs()).hasSize(2);
        assertThat(read(last.id())).isEqualTo(chunk);
    }

    @Test
    void fetch_fullChunksAndDifferences_deliversEachOnce() throws Exception {
        var contents = new HashMap<ChunkId, byte[]>();
        for (int i = 0; i < 5; i++) {
            byte[] chunk = text(CHUNK_BYTES);
            var base = save(chunk, null);
            contents.put(base.id(), chunk);
            for (int j = 0; j < 3; j++) {
                byte[] edited = edited(chunk);
                contents.put(save(edited, base.id()).id(), edited);
            }
        }
        var delivered = new HashMap<ChunkId, byte[]>();
        try (var repository = real.open()) {
            repository.chunks().fetch(contents.keySet(), new ChunkReceiver() {
                @Override
                public synchronized void accept(ChunkId id, byte[] data, int offset, int length) {
                    assertThat(delivered.put(id, Arrays.copyOfRange(data, offset, offset + length)))
                            .isNull();
                }

                @Override
                public void damaged(ChunkId id, DamageException damage) {
                    throw new AssertionError(damage);
                }
            });
        }
        assertThat(delivered.keySet()).isEqualTo(contents.keySet());
        contents.forEach((id, chunk) -> assertThat(delivered.get(id)).isEqualTo(chunk));
    }

    @Test
    void store_unlikeTinyAbsentOrDictionaryLikeBase_isStoredInFull() throws Exception {
        byte[] tiny = {1, 2, 3};
        byte[] dictionary = text(CHUNK_BYTES);
        System.arraycopy(new byte[] {0x37, (byte) 0xA4, 0x30, (byte) 0xEC}, 0, dictionary, 0, 4);
        var unlike = save(text(CHUNK_BYTES), null).id();
        var bases = Arrays.asList(
                unlike, save(tiny, null).id(), save(dictionary, null).id(), ChunkId.read(new byte[32], 0));
        byte[] near = edited(dictionary);
        for (var base : bases) {
            near = edited(near);
            var saved = save(near, base);
            assertThat(saved.storedBytes()).as("base %s", base).isGreaterThan(5000);
            assertThat(read(saved.id())).isEqualTo(near);
        }
    }

    @Test
    void read_baseIsGone_saysWhichBaseAndCheckFindsIt() throws Exception {
        byte[] first = text(CHUNK_BYTES);
        var base = save(first, null);
        var basePack = packs().getFirst();
        var difference = save(edited(first), base.id());
        Files.delete(basePack);
        try (var repository = real.open()) {
            assertThat(repository.chunks().contains(difference.id())).isFalse();
            assertThatThrownBy(() -> repository.chunks().read(difference.id()))
                    .isInstanceOf(DamageException.class)
                    .hasMessageContaining(difference.id().toString())
                    .hasMessageContaining(base.id().toString());
            var lost = new ArrayList<ChunkId>();
            var damages = new ArrayList<String>();
            var listener = new Inspection.Listener() {
                @Override
                public void damaged(DamageException damage) {
                    damages.add(String.valueOf(damage.getMessage()));
                }

                @Override
                public void lost(ChunkId chunk) {
                    lost.add(chunk);
                }

                @Override
                public void unlistable() {
                    throw new AssertionError("the pack is gone, not damaged");
                }

                @Override
                public void progressed(long bytes) {}
            };
            repository.inspect().structure(listener);
            assertThat(damages)
                    .anyMatch(text -> text.contains(basePack.getFileName().toString()));
            repository.inspect().data(1, listener);
            assertThat(lost).containsExactly(difference.id());
        }
    }

    @Test
    void commit_smallRun_leavesAPackAndARecordAndNothingElse() throws Exception {
        byte[] first = text(CHUNK_BYTES);
        var base = save(first, null);
        long before = objectCount();
        var beforePacks = packs();
        save(edited(first), base.id());
        assertThat(objectCount()).isEqualTo(before + 2);
        assertThat(Files.size(onlyNew(beforePacks))).isLessThanOrEqualTo(512);
        // What no segment lists is found by whoever builds the index anew, and listed by the next run.
        deleteIndex();
        assertThat(read(base.id())).isEqualTo(first);
        save(text(CHUNK_BYTES), null);
        try (var segments = Files.list(real.folder().resolve("index"))) {
            assertThat(segments.count()).isOne();
        }
    }

    private long objectCount() throws IOException {
        long count = 0;
        for (var kind : List.of("packs", "index", "snapshots")) {
            try (var files = Files.walk(real.folder().resolve(kind))) {
                count += files.filter(Files::isRegularFile).count();
            }
        }
        return count;
    }

    private void deleteIndex() throws IOException {
        try (var files = Files.walk(real.index())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void store_afterManyChunksWithoutAHint_stillFindsADifference() throws Exception {
        byte[] first = text(CHUNK_BYTES);
        var base = save(first, null);
        byte[] edited = edited(first);
        try (var repository = real.open();
                var writer = repository.write()) {
            var lane = writer.openLane();
            for (int i = 0; i < 50; i++) {
                byte[] other = text(100);
                lane.store(ChunkKind.DATA, other, 0, other.length, BaseHint.NONE);
            }
            writer.flush();
            long before = writer.storedBytes();
            lane.store(ChunkKind.DATA, edited, 0, edited.length, base::id);
            writer.flush();
            // With the segment that two packs in one run need; the chunk itself would take more than 5000.
            assertThat(writer.storedBytes() - before).isLessThan(5000);
        }
    }

    @Test
    void store_hintsThatAreWrongAgainAndAgain_areHardlyAskedForAnyMore() throws Exception {
        var unlike = save(text(CHUNK_BYTES), null);
        var asked = new AtomicInteger();
        try (var repository = real.open();
                var writer = repository.write()) {
            var lane = writer.openLane();
            for (int i = 0; i < 200; i++) {
                byte[] chunk = text(2000);
                lane.store(ChunkKind.DATA, chunk, 0, chunk.length, () -> {
                    asked.incrementAndGet();
                    return unlike.id();
                });
            }
        }
        assertThat(asked.get()).isBetween(17, 40);
    }

    @Test
    void store_hintAsked_onlyForNewChunks() throws Exception {
        byte[] chunk = text(CHUNK_BYTES);
        save(chunk, null);
        try (var repository = real.open();
                var writer = repository.write()) {
            writer.openLane().store(ChunkKind.DATA, chunk, 0, chunk.length, () -> {
                throw new AssertionError("a known chunk needs no base");
            });
            assertThat(BaseHint.NONE.find()).isNull();
        }
    }
}
