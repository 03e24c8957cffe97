package dev.strandline.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.chunk.ChunkSizes;
import dev.strandline.core.chunk.Chunker;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.testkit.MemoryChunkStore;
import dev.strandline.core.testkit.MemoryRepository;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which chunk a new one is said to resemble. */
class PredecessorTest {
    private static final long LENGTH = 100;

    private final MemoryRepository repository = new MemoryRepository();

    private static ChunkId chunk(int number) {
        byte[] id = new byte[ChunkId.BYTES];
        id[0] = (byte) number;
        id[1] = (byte) (number >> 8);
        return ChunkId.read(id, 0);
    }

    /** Chunks 0, 1, 2 ... of 100 bytes each. */
    private ChunkStream stream(int chunks) throws RepositoryException {
        try (var writer = repository.write()) {
            var gear = repository.gearTable();
            var list = new ExtentList(writer.openLane(), new Chunker(gear, ChunkSizes.ORDINARY));
            for (int i = 0; i < chunks; i++) {
                list.add(new Extent.Chunk(chunk(i), (int) LENGTH));
            }
            return list.finish();
        }
    }

    private Predecessor predecessor(int chunks) throws RepositoryException {
        return new Predecessor(repository.write(), stream(chunks));
    }

    @Test
    void at_nothingThereBefore_isNull() throws Exception {
        assertThat(new Predecessor(repository.write(), null).at(0)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5000})
    void at_chunksReplacedInPlace_theOneAtTheSameOffset(int chunks) throws Exception {
        var predecessor = predecessor(chunks);
        for (int i = 0; i < chunks; i++) {
            assertThat(predecessor.at(i * LENGTH)).isEqualTo(chunk(i));
            predecessor.met(i * LENGTH, chunk(chunks + i));
        }
        assertThat(predecessor.at(chunks * LENGTH)).as("appended").isEqualTo(chunk(chunks - 1));
    }

    @Test
    void at_afterAnInsertion_followsTheChunksThatMoved() throws Exception {
        var predecessor = predecessor(1000);
        assertThat(predecessor.at(0)).isEqualTo(chunk(0));
        predecessor.met(0, chunk(5000));
        long shift = 37 * LENGTH + 11;
        for (int i = 1; i < 1000; i += 2) {
            predecessor.met(shift + i * LENGTH, chunk(i));
            if (i + 1 < 1000) {
                assertThat(predecessor.at(shift + (i + 1) * LENGTH)).isEqualTo(chunk(i + 1));
            }
        }
    }

    @Test
    void at_afterARemoval_followsTheChunksThatMoved() throws Exception {
        var predecessor = predecessor(1000);
        assertThat(predecessor.at(0)).isEqualTo(chunk(0));
        int removed = 40;
        predecessor.met(0, chunk(removed));
        for (int i = 1; i < 500; i++) {
            assertThat(predecessor.at(i * LENGTH)).isEqualTo(chunk(removed + i));
            predecessor.met(i * LENGTH, chunk(2000 + i));
        }
    }

    @Test
    void at_listUnreadable_isSilent() throws Exception {
        var stream = stream(5000);
        repository.chunks().ids(ChunkKind.TREE).forEach(repository.chunks()::lose);
        var predecessor = new Predecessor(repository.write(), stream);
        assertThat(predecessor.at(0)).isNull();
        predecessor.met(0, chunk(1));
    }

    /** Every capture asks with the stream of the same path: contents whose middle changed name the chunk that was there. */
    @Test
    void capture_contentChanged_hintsLeadToTheChunksThatWere() throws Exception {
        var random = new Random(5);
        byte[] before = new byte[3 << 20];
        random.nextBytes(before);
        byte[] after = before.clone();
        Arrays.fill(after, 1_000_000, 1_000_100, (byte) 7);
        var chunker = new Chunker(MemoryRepository.gearTable(1), ChunkSizes.ORDINARY);
        var old = cut(chunker, before);
        var now = cut(chunker, after);
        var stream = stored(old);
        var predecessor = new Predecessor(repository.write(), stream);
        var oldIds = old.stream().map(PredecessorTest::id).toList();
        long offset = 0;
        int hinted = 0;
        for (byte[] piece : now) {
            var id = id(piece);
            if (!oldIds.contains(id)) {
                var hint = predecessor.at(offset);
                assertThat(oldIds).contains(hint);
                hinted++;
            }
            predecessor.met(offset, id);
            offset += piece.length;
        }
        assertThat(hinted).isBetween(1, 3);
    }

    private static ChunkId id(byte[] piece) {
        return MemoryChunkStore.idOf(piece, 0, piece.length);
    }

    private ChunkStream stored(List<byte[]> pieces) throws RepositoryException {
        var list = new ExtentList(
                repository.write().openLane(), new Chunker(MemoryRepository.gearTable(1), ChunkSizes.ORDINARY));
        for (byte[] piece : pieces) {
            list.add(new Extent.Chunk(id(piece), piece.length));
        }
        return list.finish();
    }

    private static List<byte[]> cut(Chunker chunker, byte[] content) {
        var pieces = new ArrayList<byte[]>();
        int offset = 0;
        while (offset < content.length) {
            int length = chunker.cut(content, offset, content.length - offset);
            pieces.add(Arrays.copyOfRange(content, offset, offset + length));
            offset += length;
        }
        return pieces;
    }
}
