package dev.strandline.core.tree;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.path.FileName;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.arbitraries.ListArbitrary;

/** Nodes of all kinds with whatever bytes they may hold. */
final class TreeArbitraries {
    private TreeArbitraries() {}

    private static Arbitrary<byte[]> nonZero(int minimum, int maximum) {
        return Arbitraries.bytes()
                .filter(b -> b != 0)
                .array(byte[].class)
                .ofMinSize(minimum)
                .ofMaxSize(maximum);
    }

    static Arbitrary<FileName> names() {
        return Arbitraries.bytes()
                .filter(b -> b != 0 && b != '/')
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(FileName.MAX_LENGTH)
                .filter(name -> !java.util.Arrays.equals(name, new byte[] {'.'})
                        && !java.util.Arrays.equals(name, new byte[] {'.', '.'}))
                .map(FileName::of);
    }

    static Arbitrary<Extent> extents() {
        var ids = Arbitraries.bytes().array(byte[].class).ofSize(ChunkId.BYTES).map(bytes -> ChunkId.read(bytes, 0));
        var chunks = Combinators.combine(ids, Arbitraries.integers().between(1, Integer.MAX_VALUE))
                .as((id, length) -> (Extent) new Extent.Chunk(id, length));
        var holes = Arbitraries.longs().between(1, 1L << 50).map(length -> (Extent) new Extent.Hole(length));
        return Arbitraries.oneOf(chunks, holes);
    }

    static Arbitrary<ChunkStream> streams() {
        ListArbitrary<Extent> extents = extents().list().ofMaxSize(ChunkStream.MAX_INLINE_EXTENTS);
        var levels = Arbitraries.integers().between(0, ChunkStream.MAX_LEVELS);
        return Combinators.combine(extents, levels, Arbitraries.longs().between(1, Long.MAX_VALUE))
                .as((list, levelCount, size) -> {
                    ChunkStream stream = new ChunkStream.Direct(list);
                    for (int i = 0; i < levelCount && !list.isEmpty(); i++) {
                        stream = new ChunkStream.Indirect(size, stream);
                    }
                    return stream;
                });
    }

    private static Arbitrary<List<Xattr>> xattrs() {
        return Combinators.combine(
                        nonZero(1, 255), Arbitraries.bytes().array(byte[].class).ofMaxSize(300))
                .as(Xattr::new)
                .list()
                .ofMaxSize(4)
                .map(list -> List.copyOf(new java.util.TreeSet<>(list)));
    }

    private static Arbitrary<Metadata> metadata() {
        var times = Combinators.combine(
                        Arbitraries.longs(), Arbitraries.integers().between(0, 999_999_999))
                .as(FileTime::new);
        var groups = Arbitraries.bytes()
                .array(byte[].class)
                .ofSize(LinkGroup.BYTES)
                .map(LinkGroup::new)
                .optional();
        return Combinators.combine(
                        Arbitraries.integers().between(0, 07777),
                        Arbitraries.integers(),
                        Arbitraries.integers(),
                        times,
                        xattrs(),
                        groups)
                .as(Metadata::new);
    }

    static Arbitrary<Node> nodes() {
        return Arbitraries.oneOf(
                Combinators.combine(metadata(), streams(), Arbitraries.of(true, false))
                        .as((metadata, stream, changed) -> (Node) new Node.RegularFile(metadata, stream, changed)),
                Combinators.combine(metadata(), streams())
                        .as((metadata, stream) -> (Node) new Node.Directory(metadata, stream)),
                Combinators.combine(metadata(), nonZero(0, 500))
                        .as((metadata, target) -> (Node) new Node.Symlink(metadata, target)),
                metadata().map(metadata -> (Node) new Node.Fifo(metadata)),
                metadata().map(metadata -> (Node) new Node.Socket(metadata)),
                Combinators.combine(
                                metadata(),
                                Arbitraries.of(FileType.CHARACTER_DEVICE, FileType.BLOCK_DEVICE),
                                Arbitraries.integers(),
                                Arbitraries.integers())
                        .as((metadata, type, major, minor) -> (Node) new Node.Device(metadata, type, major, minor)));
    }

    static Arbitrary<Entry> entries() {
        return Combinators.combine(names(), nodes()).as(Entry::new);
    }
}
