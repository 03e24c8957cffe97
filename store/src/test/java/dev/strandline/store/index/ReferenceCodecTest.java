package dev.strandline.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.reach.Reference;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What directories lead to, as the index keeps it. */
class ReferenceCodecTest {
    private static final ChunkId OTHER = id(new Random(1));

    private static ChunkId id(Random random) {
        return new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private static Reference reference(Random random) {
        var direct = new ChunkStream.Direct(List.of(new Extent.Chunk(id(random), 1 + random.nextInt(1000))));
        return switch (random.nextInt(3)) {
            case 0 -> new Reference.LongFile(new ChunkStream.Indirect(1 + random.nextInt(1000), direct));
            case 1 -> new Reference.Directory(direct);
            default -> new Reference.Content(id(random));
        };
    }

    private static List<Reference> references(Random random, int count) {
        var references = new ArrayList<Reference>();
        for (int i = 0; i < count; i++) {
            references.add(reference(random));
        }
        return references;
    }

    @Property(tries = 300)
    void references_changedInAnyWay_readBack(@ForAll long seed) throws Exception {
        var random = new Random(seed);
        var like = references(random, random.nextInt(40));
        var changed = new ArrayList<>(like);
        for (int i = random.nextInt(8); i > 0; i--) {
            int place = random.nextInt(changed.size() + 1);
            if (place < changed.size() && random.nextBoolean()) {
                changed.add(random.nextInt(changed.size()), changed.remove(place));
            } else if (place < changed.size() && random.nextBoolean()) {
                changed.remove(place);
            } else {
                changed.add(place, reference(random));
            }
        }
        byte[] alone = ReferenceCodec.encode(changed);
        assertThat(ReferenceCodec.decode(alone, _ -> Optional.empty())).contains(changed);
        byte[] relative = ReferenceCodec.encode(changed, OTHER, like);
        assertThat(ReferenceCodec.decode(relative, _ -> Optional.of(like))).contains(changed);
    }

    @Test
    void references_likeAnother_takeLittleAndNeedIt() throws Exception {
        var random = new Random(3);
        var like = references(random, 500);
        var changed = new ArrayList<>(like);
        changed.set(250, reference(random));
        byte[] value = ReferenceCodec.encode(changed, OTHER, like);
        assertThat(value.length).isLessThan(120);
        assertThat(ReferenceCodec.decode(value, _ -> Optional.empty())).isEmpty();
    }

    @Test
    void malformed_isRefused() {
        byte[] beyond = new Encoder()
                .unsigned8(1)
                .bytes(OTHER.toBytes())
                .varint(5)
                .varint(0)
                .toBytes();
        var like = references(new Random(4), 2);
        assertThatThrownBy(() -> ReferenceCodec.decode(beyond, _ -> Optional.of(like)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("beyond its list");
        assertThatThrownBy(() -> ReferenceCodec.decode(new byte[] {7}, _ -> Optional.empty()))
                .isInstanceOf(MalformedException.class);
        byte[] direct = new Encoder().unsigned8(0).varint(1).varint(0).toBytes();
        assertThatThrownBy(() -> ReferenceCodec.decode(direct, _ -> Optional.empty()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("without a list");
    }
}
