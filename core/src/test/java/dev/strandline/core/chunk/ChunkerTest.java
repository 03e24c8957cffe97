package dev.strandline.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.testkit.MemoryRepository;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChunkerTest {
    private static final int MIB = 1 << 20;

    /** Small, so that a few KiB have many cuts. */
    private static final ChunkSizes TINY = new ChunkSizes(64, 256, 1024);

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Chunker chunker(ChunkSizes sizes) {
        return new Chunker(MemoryRepository.gearTable(1), sizes);
    }

    /** Where the chunks of {@code data} end. */
    private static List<Integer> cuts(Chunker chunker, byte[] data) {
        var cuts = new ArrayList<Integer>();
        for (int offset = 0; offset < data.length; ) {
            offset += chunker.cut(data, offset, data.length - offset);
            cuts.add(offset);
        }
        return cuts;
    }

    /** The definition, without haste: the hash of all bytes from the chunk's start, its top bits as a number. */
    private static int referenceCut(long seed, ChunkSizes sizes, byte[] chunkAndMore) {
        byte[] table = random(seed, GearTable.SEED_BYTES);
        long hash = 0;
        int averageBits = Integer.numberOfTrailingZeros(sizes.average());
        for (int i = 0; i < chunkAndMore.length && i < sizes.maximum(); i++) {
            long word = 0;
            for (int k = 7; k >= 0; k--) {
                word = (word << 8) | (table[8 * (chunkAndMore[i] & 0xFF) + k] & 0xFF);
            }
            hash = 2 * hash + word;
            int bits = i < sizes.average() ? averageBits + 2 : averageBits - 2;
            if (i >= sizes.minimum() && hash >>> (Long.SIZE - bits) == 0) {
                return i + 1;
            }
        }
        return Math.min(chunkAndMore.length, sizes.maximum());
    }

    @Property(tries = 200)
    void cut_anyData_isWhatTheDefinitionSays(
            @ForAll @IntRange(max = 5000) int length, @ForAll @IntRange(max = 64) int values, @ForAll long seed) {
        byte[] data = random(seed, length);
        for (int i = 0; i < length && values > 0; i++) {
            data[i] = (byte) (data[i] % values);
        }
        for (int offset = 0; offset < length; ) {
            int expected = referenceCut(1, TINY, Arrays.copyOfRange(data, offset, length));
            assertThat(chunker(TINY).cut(data, offset, length - offset)).isEqualTo(expected);
            offset += expected;
        }
    }

    @Test
    void cut_ordinarySizes_isWhatTheDefinitionSays() {
        byte[] data = random(5, 2 * MIB);
        int start = 0;
        for (int end : cuts(chunker(ChunkSizes.ORDINARY), data)) {
            assertThat(end - start)
                    .isEqualTo(referenceCut(1, ChunkSizes.ORDINARY, Arrays.copyOfRange(data, start, data.length)));
            start = end;
        }
    }

    @Property(tries = 300)
    void cut_sameBytesElsewhereInAnotherBuffer_isTheSame(
            @ForAll @Size(min = 1024, max = 1500) byte[] data,
            @ForAll @IntRange(max = 200) int before,
            @ForAll @IntRange(max = 200) int after,
            @ForAll byte around) {
        byte[] moved = new byte[before + data.length + after];
        Arrays.fill(moved, around);
        System.arraycopy(data, 0, moved, before, data.length);
        int cut = chunker(TINY).cut(data, 0, data.length);
        assertThat(chunker(TINY).cut(moved, before, data.length)).isEqualTo(cut);
        // What comes after the largest chunk has no say.
        assertThat(chunker(TINY).cut(moved, before, TINY.maximum())).isEqualTo(cut);
    }

    @Test
    void cut_randomData_staysWithinBoundsAndNearTheAverage() {
        for (var sizes : List.of(ChunkSizes.ORDINARY, ChunkSizes.LARGE)) {
            byte[] data = random(2, 64 * MIB);
            var cuts = cuts(chunker(sizes), data);
            int start = 0;
            for (int end : cuts.subList(0, cuts.size() - 1)) {
                assertThat(end - start).isBetween(sizes.minimum() + 1, sizes.maximum());
                start = end;
            }
            assertThat(data.length / cuts.size()).isBetween(sizes.average() * 3 / 4, sizes.average() * 3 / 2);
        }
    }

    @Test
    void cut_shortData_isOneChunk() {
        var chunker = chunker(TINY);
        assertThat(chunker.cut(new byte[0], 0, 0)).isZero();
        assertThat(chunker.cut(new byte[64], 0, 64)).isEqualTo(64);
        assertThat(chunker.cut(new byte[1], 0, 1)).isEqualTo(1);
    }

    @Test
    void cut_equalBytes_isForcedAtTheMaximum() {
        byte[] zeros = new byte[5 * TINY.maximum()];
        assertThat(cuts(chunker(TINY), zeros)).containsExactly(1024, 2048, 3072, 4096, 5120);
    }

    @Property(tries = 60)
    void cut_bytesInsertedOrDeleted_changesOnlyChunksNearby(
            @ForAll long seed,
            @ForAll @IntRange(max = 2 * MIB) int position,
            @ForAll @IntRange(max = 3000) int deleted,
            @ForAll @IntRange(max = 3000) int inserted) {
        byte[] before = random(seed, 3 * MIB);
        byte[] after = new byte[before.length - deleted + inserted];
        System.arraycopy(before, 0, after, 0, position);
        System.arraycopy(random(~seed, inserted), 0, after, position, inserted);
        int rest = position + deleted;
        System.arraycopy(before, rest, after, position + inserted, before.length - rest);

        var sizes = ChunkSizes.ORDINARY;
        var cutsBefore = new TreeSet<>(cuts(chunker(sizes), before));
        var cutsAfter = new TreeSet<>(cuts(chunker(sizes), after));
        assertThat(cutsAfter.headSet(position - sizes.maximum()))
                .containsExactlyElementsOf(cutsBefore.headSet(position - sizes.maximum()));
        // Both cut alike again from the first cut on that they share; a few of the largest chunks later at most.
        int shift = inserted - deleted;
        var shared = new TreeSet<Integer>();
        cutsBefore.tailSet(rest + 64).stream()
                .filter(cut -> cutsAfter.contains(cut + shift))
                .forEach(shared::add);
        assertThat(shared.first() - rest).isLessThan(3 * sizes.maximum());
        assertThat(cutsAfter.tailSet(shared.first() + shift))
                .containsExactlyElementsOf(cutsBefore.tailSet(shared.first()).stream()
                        .map(cut -> cut + shift)
                        .toList());
    }

    /**
     * Whether a chunker may cut at {@code end}, past its average size: the window that ends there is put behind bytes that
     * never make a cut.
     */
    private static boolean isCandidate(Chunker chunker, byte[] data, int end) {
        int quiet = chunker.sizes().average();
        byte[] chunk = new byte[chunker.sizes().maximum()];
        System.arraycopy(data, end - Long.SIZE, chunk, quiet, Long.SIZE);
        return chunker.cut(chunk, 0, chunk.length) == quiet + Long.SIZE;
    }

    @Test
    void cut_largeSizes_cutsOnlyWhereOrdinarySizesMay() {
        byte[] data = random(3, 64 * MIB);
        int start = 0;
        int found = 0;
        for (int end : cuts(chunker(ChunkSizes.LARGE), data)) {
            boolean forced = end - start == ChunkSizes.LARGE.maximum() || end == data.length;
            if (!forced) {
                assertThat(isCandidate(chunker(ChunkSizes.ORDINARY), data, end))
                        .as("the cut at %d", end)
                        .isTrue();
                found++;
            }
            start = end;
        }
        assertThat(found).isGreaterThan(50);
        // The control: places chosen without looking are no candidates.
        int candidates = 0;
        for (int i = 1; i <= 50; i++) {
            candidates += isCandidate(chunker(ChunkSizes.ORDINARY), data, i * MIB + 12_345) ? 1 : 0;
        }
        assertThat(candidates).isLessThan(3);
    }

    @Test
    void cut_anotherTable_cutsElsewhere() {
        byte[] data = random(4, 8 * MIB);
        var one = cuts(new Chunker(MemoryRepository.gearTable(1), ChunkSizes.ORDINARY), data);
        var other = new HashSet<>(cuts(new Chunker(MemoryRepository.gearTable(2), ChunkSizes.ORDINARY), data));
        assertThat(one.stream().filter(other::contains)).containsExactly(data.length);
    }

    @Test
    void cut_knownTableAndData_cutsWhereEveryVersionDid() {
        assertThat(cuts(chunker(ChunkSizes.ORDINARY), random(6, MIB)))
                .containsExactly(
                        52536, 131815, 197803, 237191, 304209, 384444, 463578, 534959, 585936, 652525, 724180, 798436,
                        899865, 978541, 1048576);
        assertThat(cuts(chunker(ChunkSizes.LARGE), random(6, 4 * MIB)))
                .containsExactly(585936, 1268555, 1851477, 2381151, 2958740, 3681287, 4194304);
    }

    @Test
    void chunkSizes_thatDoNotGrow_areRefused() {
        for (int[] sizes : new int[][] {{63, 256, 1024}, {256, 256, 1024}, {64, 1024, 1024}, {64, 300, 1024}}) {
            assertThatThrownBy(() -> new ChunkSizes(sizes[0], sizes[1], sizes[2]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(ChunkSizes.forFile(ChunkSizes.LARGE_FILE_LIMIT)).isEqualTo(ChunkSizes.ORDINARY);
        assertThat(ChunkSizes.forFile(ChunkSizes.LARGE_FILE_LIMIT + 1)).isEqualTo(ChunkSizes.LARGE);
    }

    @Test
    void gearTable_ofAnotherLength_isRefused() {
        assertThatThrownBy(() -> new GearTable(new byte[7])).hasMessage("a gear table takes 2048 bytes, not 7");
    }
}
