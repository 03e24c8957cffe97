package dev.strandline.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class ChunkIdTest {
    @Property
    void read_whatWasWritten_isEqual(@ForAll @Size(ChunkId.BYTES) byte[] bytes) {
        var id = ChunkId.read(bytes, 0);
        assertThat(id.toBytes()).isEqualTo(bytes);
        byte[] shifted = new byte[ChunkId.BYTES + 3];
        id.write(shifted, 2);
        assertThat(ChunkId.read(shifted, 2)).isEqualTo(id).hasSameHashCodeAs(id);
        assertThat(id.toString()).isEqualTo(java.util.HexFormat.of().formatHex(bytes));
    }

    @Property
    void compareTo_anyTwo_isTheOrderOfTheirUnsignedBytes(
            @ForAll @Size(ChunkId.BYTES) byte[] left, @ForAll @Size(ChunkId.BYTES) byte[] right, @ForAll byte shared) {
        byte[] similar = left.clone();
        Arrays.fill(similar, 0, Math.floorMod(shared, ChunkId.BYTES), shared);
        for (byte[] other : new byte[][] {right, similar, left}) {
            int order = ChunkId.read(left, 0).compareTo(ChunkId.read(other, 0));
            assertThat(Integer.signum(order)).isEqualTo(Integer.signum(Arrays.compareUnsigned(left, other)));
        }
    }
}
