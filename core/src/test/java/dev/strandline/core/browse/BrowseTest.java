package dev.strandline.core.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.testkit.MemoryChunkStore;
import dev.strandline.core.testkit.SnapshotExamples;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.ChunkStreamCodec;
import dev.strandline.core.tree.Entry;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import dev.strandline.core.tree.NodeCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BrowseTest {
    private static final Node.Fifo FIFO = new Node.Fifo(SnapshotExamples.METADATA);

    private final MemoryChunkStore chunks = new MemoryChunkStore();

    private static byte[] encode(int version, String... names) {
        var out = new Encoder().unsigned8(version);
        for (String name : names) {
            var body = new Encoder();
            NodeCodec.encode(body, new Entry(FileName.of(name), FIFO));
            out.sized(body.toBytes());
        }
        return out.toBytes();
    }

    /** Stored in pieces of that length, behind as many lists as needed, each of chunks of a hundred bytes. */
    private ChunkStream store(byte[] bytes, int pieceLength) {
        var extents = new ArrayList<Extent>();
        for (int start = 0; start < bytes.length; start += pieceLength) {
            byte[] piece = Arrays.copyOfRange(bytes, start, Math.min(start + pieceLength, bytes.length));
            extents.add(new Extent.Chunk(chunks.store(ChunkKind.TREE, piece), piece.length));
        }
        return stream(extents);
    }

    private ChunkStream stream(List<Extent> extents) {
        if (extents.size() <= ChunkStream.MAX_INLINE_EXTENTS) {
            return new ChunkStream.Direct(extents);
        }
        long size = extents.stream().mapToLong(Extent::lengthBytes).sum();
        var list = new Encoder();
        extents.forEach(extent -> ChunkStreamCodec.encode(list, extent));
        return new ChunkStream.Indirect(size, store(list.toBytes(), 100));
    }

    private List<String> read(ChunkStream stream) throws RepositoryException {
        var names = new ArrayList<String>();
        var reader = new TreeReader(chunks, stream);
        for (var entry = reader.next(); entry != null; entry = reader.next()) {
            names.add(entry.name().display());
        }
        assertThat(reader.next()).isNull();
        return names;
    }

    private static String[] names(int count) {
        var names = new String[count];
        Arrays.setAll(names, i -> "%06d".formatted(i));
        return names;
    }

    @Test
    void read_anyPieces_givesAllEntries() throws Exception {
        String[] names = names(500);
        for (int length : new int[] {1 << 20, 4000, 1001, 100, 7, 3}) {
            assertThat(read(store(encode(NodeCodec.VERSION, names), length)))
                    .as("pieces of %d", length)
                    .containsExactly(names);
        }
        assertThat(read(ChunkStream.EMPTY)).isEmpty();
    }

    private void assertMalformed(byte[] tree, String reason) {
        assertThatThrownBy(() -> read(store(tree, 1 << 20)))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining(reason)
                .hasMessageStartingWith("chunk ");
    }

    @Test
    void read_treeThatNoCaptureWrites_isDamageThatNamesTheChunk() {
        assertMalformed(encode(NodeCodec.VERSION, "b", "a"), "its entries are not in order");
        assertMalformed(encode(NodeCodec.VERSION, "a", "a"), "its entries are not in order");
        assertMalformed(encode(NodeCodec.VERSION + 1, "a"), "it has tree version 2");
        assertMalformed(encode(0), "it has tree version 0");
        byte[] tree = encode(NodeCodec.VERSION, "a", "b");
        for (int length = tree.length - 1; length > tree.length - 8; length--) {
            assertMalformed(Arrays.copyOf(tree, length), "it ends inside an entry");
        }
        byte[] longer = tree.clone();
        longer[1]++;
        assertMalformed(longer, "the tree is malformed");
        assertMalformed(new byte[] {1, 0}, "too early");
        assertMalformed(new byte[] {1, -1, -1, -1, -1, 0x7F}, "the length of an entry");
    }

    @Test
    void read_streamThatIsNotItsChunks_isDamage() {
        byte[] tree = encode(NodeCodec.VERSION, "a");
        var id = chunks.store(ChunkKind.TREE, tree);
        assertThatThrownBy(() -> read(new ChunkStream.Direct(List.of(new Extent.Chunk(id, tree.length + 1)))))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("a chunk has");
        assertThatThrownBy(() -> read(new ChunkStream.Direct(List.of(new Extent.Hole(5)))))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("it has a hole");
        chunks.lose(id);
        assertThatThrownBy(() -> read(new ChunkStream.Direct(List.of(new Extent.Chunk(id, tree.length)))))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("missing");
    }

    private List<Extent> extents(ChunkStream stream) throws RepositoryException {
        var extents = new ArrayList<Extent>();
        var reader = new ExtentReader(chunks, stream);
        for (var extent = reader.next(); extent != null; extent = reader.next()) {
            extents.add(extent);
        }
        return extents;
    }

    private static int levels(ChunkStream stream) {
        return stream instanceof ChunkStream.Indirect(long _, var list) ? 1 + levels(list) : 0;
    }

    @Test
    void extents_listsOfSeveralLevels_areFollowed() throws Exception {
        var expected = new ArrayList<Extent>();
        for (int i = 0; i < 5000; i++) {
            var id = chunks.store(ChunkKind.DATA, new byte[] {(byte) i, (byte) (i >> 8)});
            expected.add(i % 10 == 3 ? new Extent.Hole(1L << (i % 40)) : new Extent.Chunk(id, 2));
        }
        var stream = stream(expected);
        assertThat(levels(stream)).isGreaterThanOrEqualTo(4);
        assertThat(extents(stream)).isEqualTo(expected);
    }

    @Test
    void extents_listsThatDoNotAddUp_areDamage() {
        var list = new Encoder();
        for (int i = 0; i < 3; i++) {
            ChunkStreamCodec.encode(list, new Extent.Hole(10));
        }
        byte[] bytes = list.toBytes();
        var id = chunks.store(ChunkKind.TREE, bytes);
        var sound = new ChunkStream.Direct(List.of(new Extent.Chunk(id, bytes.length)));
        assertThatThrownBy(() -> extents(new ChunkStream.Indirect(31, sound)))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("it adds up to 30 bytes instead of 31");
        assertThatThrownBy(() -> extents(new ChunkStream.Indirect(29, sound)))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("it goes beyond the 29 bytes");
        var otherLength = new ChunkStream.Direct(List.of(new Extent.Chunk(id, bytes.length + 1)));
        assertThatThrownBy(() -> extents(new ChunkStream.Indirect(30, otherLength)))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("where a chunk list has");
        var hole = new ChunkStream.Direct(List.of(new Extent.Hole(3)));
        assertThatThrownBy(() -> extents(new ChunkStream.Indirect(30, hole)))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("it has a hole");
        byte[] garbage = {0, 0, 0};
        var malformed = new ChunkStream.Direct(
                List.of(new Extent.Chunk(chunks.store(ChunkKind.TREE, garbage), garbage.length)));
        assertThatThrownBy(() -> extents(new ChunkStream.Indirect(30, malformed)))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("it is malformed");
    }

    private Node.Directory directory(Entry... entries) {
        var out = new Encoder().unsigned8(NodeCodec.VERSION);
        for (var entry : entries) {
            var body = new Encoder();
            NodeCodec.encode(body, entry);
            out.sized(body.toBytes());
        }
        return new Node.Directory(SnapshotExamples.METADATA, store(out.toBytes(), 1 << 20));
    }

    private static Entry entry(String name, Node node) {
        return new Entry(FileName.of(name), node);
    }

    private SnapshotTree tree(SnapshotRoot... roots) {
        return new SnapshotTree(SnapshotExamples.snapshot("a".repeat(64), Instant.EPOCH, List.of(roots)), chunks);
    }

    private SnapshotTree exampleTree() {
        var data = directory(entry("a", directory(entry("x", FIFO))), entry("b", FIFO));
        return tree(
                new SnapshotRoot(FilePath.of("/etc/hosts"), FIFO),
                new SnapshotRoot(FilePath.of("/srv/data"), data),
                new SnapshotRoot(FilePath.of("/srv/www"), SnapshotExamples.EMPTY_DIRECTORY));
    }

    @Test
    void at_placesInAndAboveRoots_areFound() throws Exception {
        var tree = exampleTree();
        assertThat(tree.at(FilePath.ROOT))
                .isEqualTo(
                        new SnapshotTree.Place.Above(FilePath.ROOT, List.of(FileName.of("etc"), FileName.of("srv"))));
        assertThat(tree.at(FilePath.of("/srv")))
                .isEqualTo(new SnapshotTree.Place.Above(
                        FilePath.of("/srv"), List.of(FileName.of("data"), FileName.of("www"))));
        assertThat(tree.at(FilePath.of("/etc/hosts")))
                .isEqualTo(new SnapshotTree.Place.Captured(FilePath.of("/etc/hosts"), FIFO));
        assertThat(tree.at(FilePath.of("/srv/data/a/x")))
                .isEqualTo(new SnapshotTree.Place.Captured(FilePath.of("/srv/data/a/x"), FIFO));
        assertThat(tree().at(FilePath.ROOT)).isEqualTo(new SnapshotTree.Place.Above(FilePath.ROOT, List.of()));
    }

    @Test
    void at_pathThatTheSnapshotDoesNotHave_isRefusedByName() {
        for (String path :
                List.of("/usr", "/srv/dat", "/srv/data/aa", "/srv/data/b/x", "/etc/hosts/x", "/srv/data/c")) {
            assertThatThrownBy(() -> exampleTree().at(FilePath.of(path)))
                    .isInstanceOf(NoSuchSnapshotException.class)
                    .hasMessage("snapshot aaaaaaaa has no " + path);
        }
    }

    private static final class Recorder implements TreeVisitor {
        private final List<String> calls = new ArrayList<>();

        @Override
        public boolean enter(FilePath path, Node.@Nullable Directory node) {
            calls.add((node == null ? "above " : "enter ") + path.display());
            return !path.display().endsWith("www");
        }

        @Override
        public void leave(FilePath path) {
            calls.add("leave " + path.display());
        }

        @Override
        public void visit(FilePath path, Node node) {
            calls.add("visit " + path.display());
        }

        @Override
        public void damaged(FilePath path, DamageException damage) {
            calls.add("damaged " + path.display());
        }
    }

    private List<String> walk(SnapshotTree tree, String start) throws RepositoryException {
        var recorder = new Recorder();
        new TreeWalker(tree, chunks, recorder).walk(tree.at(FilePath.of(start)));
        return recorder.calls;
    }

    @Test
    void walk_fromTheTop_visitsInOrder() throws Exception {
        assertThat(walk(exampleTree(), "/"))
                .containsExactly(
                        "above .",
                        "above etc",
                        "visit etc/hosts",
                        "leave etc",
                        "above srv",
                        "enter srv/data",
                        "enter srv/data/a",
                        "visit srv/data/a/x",
                        "leave srv/data/a",
                        "visit srv/data/b",
                        "leave srv/data",
                        "enter srv/www",
                        "leave srv",
                        "leave .");
        assertThat(walk(exampleTree(), "/etc/hosts")).containsExactly("visit hosts");
    }

    @Test
    void walk_damagedDirectory_isToldAndTheWalkGoesOn() throws Exception {
        var lost = directory(entry("x", FIFO));
        var extent =
                (Extent.Chunk) ((ChunkStream.Direct) lost.entries()).extents().getFirst();
        chunks.lose(extent.id());
        var root = directory(entry("a", lost), entry("b", FIFO));
        assertThat(walk(tree(new SnapshotRoot(FilePath.of("/r"), root)), "/r"))
                .containsExactly("enter .", "enter a", "damaged a", "leave a", "visit b", "leave .");
    }
}
