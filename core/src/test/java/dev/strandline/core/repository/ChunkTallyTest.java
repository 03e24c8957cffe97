package dev.strandline.core.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.chunk.ChunkId;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** How the amounts of a repository add up. */
class ChunkTallyTest {
    private final ChunkTally tally = new ChunkTally();

    private void whole(int id, int length, int storedBytes) {
        tally.accept(new StoredChunk(id(id), ChunkKind.DATA, length, storedBytes, Optional.empty()));
    }

    private void difference(int id, int length, int storedBytes) {
        tally.accept(new StoredChunk(id(id), ChunkKind.DATA, length, storedBytes, Optional.of(id(1))));
    }

    private static ChunkId id(int number) {
        return new ChunkId(number, 0, 0, 0);
    }

    @Test
    void amounts_aChunkThatIsStoredTwice_isOneChunkOfTwoPlaces() {
        whole(1, 1000, 400);
        whole(1, 1000, 500);
        assertThat(tally.data()).isEqualTo(new ChunkAmounts(1, 1000, 900, 0, 0, 0));
        assertThat(tally.dataSizes().count()).isEqualTo(1);
        assertThat(tally.tree()).isEqualTo(ChunkAmounts.NONE);
    }

    @Test
    void deltaBytes_areWhatCompressionAloneWouldTakeMore() {
        whole(1, 1000, 400);
        difference(2, 1000, 30);
        assertThat(tally.data().deltaBytes()).isEqualTo(400 - 30);
        assertThat(tally.data().compressionBytes()).isEqualTo(600 + 600);
    }

    @Test
    void deltaBytes_withoutDifferences_areNone() {
        whole(1, 1000, 400);
        assertThat(tally.data().deltaBytes()).isZero();
        assertThat(tally.data().compressionBytes()).isEqualTo(600);
    }

    @Property
    void savedBytes_areDeltaAndCompression(
            @ForAll @LongRange(min = 0, max = 1L << 50) long whole,
            @ForAll @LongRange(min = 0, max = 1L << 50) long wholeStored,
            @ForAll @LongRange(min = 0, max = 1L << 50) long difference,
            @ForAll @LongRange(min = 0, max = 1L << 50) long differenceStored) {
        var amounts = new ChunkAmounts(
                2, whole + difference, wholeStored + differenceStored, 1, difference, differenceStored);
        assertThat(amounts.deltaBytes()).isNotNegative();
        assertThat(amounts.deltaBytes() + amounts.compressionBytes()).isEqualTo(amounts.savedBytes());
    }

    @Test
    void histogram_hasEachSizeBetweenItsBounds() {
        for (int length : new int[] {1, 511, 1024, 2047, 9000}) {
            whole(length, length, 1);
        }
        assertThat(tally.dataSizes().classes())
                .containsExactly(
                        new SizeHistogram.SizeClass(1, 512, 2, 512),
                        new SizeHistogram.SizeClass(512, 1024, 0, 0),
                        new SizeHistogram.SizeClass(1024, 2048, 2, 1024 + 2047),
                        new SizeHistogram.SizeClass(2048, 4096, 0, 0),
                        new SizeHistogram.SizeClass(4096, 8192, 0, 0),
                        new SizeHistogram.SizeClass(8192, 16384, 1, 9000));
        assertThat(tally.dataSizes().medianToBytes()).isEqualTo(2048);
        assertThat(SizeHistogram.NONE.medianToBytes()).isZero();
    }
}
