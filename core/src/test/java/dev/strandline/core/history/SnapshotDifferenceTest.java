package dev.strandline.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.testkit.MemoryChunkStore;
import dev.strandline.core.testkit.SnapshotExamples;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Entry;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
import dev.strandline.core.tree.NodeCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What differs between two snapshots, and what is read to find out. */
final class SnapshotDifferenceTest {
    private final MemoryChunkStore chunks = new MemoryChunkStore();

    private Node.RegularFile file(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        var extent = new Extent.Chunk(chunks.store(ChunkKind.DATA, bytes), bytes.length);
        return new Node.RegularFile(SnapshotExamples.METADATA, new ChunkStream.Direct(List.of(extent)), false);
    }

    private Node.Directory directory(Map<String, Node> entries) {
        var out = new Encoder().unsigned8(NodeCodec.VERSION);
        new TreeMap<>(entries).forEach((name, node) -> {
            var body = new Encoder();
            NodeCodec.encode(body, new Entry(FileName.of(name), node));
            out.sized(body.toBytes());
        });
        byte[] bytes = out.toBytes();
        var extent = new Extent.Chunk(chunks.store(ChunkKind.TREE, bytes), bytes.length);
        return new Node.Directory(SnapshotExamples.METADATA, new ChunkStream.Direct(List.of(extent)));
    }

    private static Node.RegularFile later(Node.RegularFile file) {
        var old = file.metadata();
        var metadata =
                new Metadata(old.mode(), old.uid(), old.gid(), new FileTime(5, 5), old.xattrs(), Optional.empty());
        return new Node.RegularFile(metadata, file.content(), false);
    }

    private static Snapshot snapshot(SnapshotRoot... roots) {
        return SnapshotExamples.snapshot("ab".repeat(32), Instant.EPOCH, List.of(roots));
    }

    private static SnapshotRoot root(String path, Node node) {
        return new SnapshotRoot(FilePath.of(path), node);
    }

    private List<String> difference(Snapshot before, Snapshot after) throws RepositoryException {
        var told = new ArrayList<String>();
        new SnapshotDifference(chunks, change -> told.add(change.getClass().getSimpleName() + " " + change.path()))
                .between(before, after);
        return told;
    }

    @Test
    void between_equalSnapshots_readsNothing() throws RepositoryException {
        var tree = directory(Map.of("a", file("1"), "b", directory(Map.of("c", file("2")))));
        assertThat(difference(snapshot(root("/r", tree)), snapshot(root("/r", tree))))
                .isEmpty();
        assertThat(chunks.readCount()).isZero();
    }

    @Test
    void between_oneFileDeepDown_readsOnlyTheWayToIt() throws RepositoryException {
        var same = directory(Map.of("x", file("x"), "y", directory(Map.of("z", file("z")))));
        var before = directory(Map.of("same", same, "way", directory(Map.of("file", file("1")))));
        var after = directory(Map.of("same", same, "way", directory(Map.of("file", file("2")))));
        assertThat(difference(snapshot(root("/r", before)), snapshot(root("/r", after))))
                .containsExactly("Modified /r/way/file");
        assertThat(chunks.readCount()).isEqualTo(4);
    }

    @Test
    void between_everyKindOfChange_isToldInOrder() throws RepositoryException {
        var before = directory(Map.of(
                "gone", directory(Map.of("inner", file("1"))),
                "kind", file("file"),
                "meta", file("same"),
                "same", file("same"),
                "text", file("1")));
        var after = directory(Map.of(
                "kind", directory(Map.of("inner", file("2"))),
                "meta", later(file("same")),
                "new", directory(Map.of("deep", directory(Map.of("file", file("3"))))),
                "same", file("same"),
                "text", file("2")));
        assertThat(difference(snapshot(root("/r", before)), snapshot(root("/r", after))))
                .containsExactly(
                        "Removed /r/gone",
                        "Removed /r/gone/inner",
                        "Modified /r/kind",
                        "Added /r/kind/inner",
                        "Modified /r/meta",
                        "Added /r/new",
                        "Added /r/new/deep",
                        "Added /r/new/deep/file",
                        "Modified /r/text");
    }

    @Test
    void between_aPlaceAndOnlyAFolderInIt_comparesTheFolder() throws RepositoryException {
        var shop = directory(Map.of("f", file("1"), "g", file("1")));
        var changed = directory(Map.of("f", file("2"), "g", file("1")));
        var srv = snapshot(root("/srv", directory(Map.of("shop", shop, "other", file("3")))));
        assertThat(difference(srv, snapshot(root("/srv/shop", shop)))).isEmpty();
        assertThat(difference(srv, snapshot(root("/srv/shop", changed)))).containsExactly("Modified /srv/shop/f");
        assertThat(difference(snapshot(root("/srv/shop", changed)), srv)).containsExactly("Modified /srv/shop/f");
        assertThat(difference(srv, snapshot(root("/srv/blog", shop))))
                .containsExactly("Added /srv/blog", "Added /srv/blog/f", "Added /srv/blog/g");
    }

    @Test
    void between_aFolderThatCantBeRead_isPassedOverWhenAskedTo() throws RepositoryException {
        var broken = directory(Map.of("x", file("x")));
        var before = snapshot(root("/r", directory(Map.of("a", file("1"), "b", broken, "c", file("1")))));
        var after = snapshot(root("/r", directory(Map.of("a", file("2"), "c", file("2")))));
        chunks.damage(((Extent.Chunk)
                        ((ChunkStream.Direct) broken.entries()).extents().getFirst())
                .id());
        var told = new ArrayList<String>();
        new SnapshotDifference(chunks, change -> told.add(change.path().display()))
                .passingOver(damage -> told.add("damage"))
                .between(before, after);
        assertThat(told).containsExactly("/r/a", "/r/b", "damage", "/r/c");
    }

    @Test
    void between_rootsThatComeAndGo_tellsAllOfThem() throws RepositoryException {
        var tree = directory(Map.of("a", file("1")));
        assertThat(difference(
                        snapshot(root("/old", tree), root("/r", tree)),
                        snapshot(root("/new", file("2")), root("/r", tree))))
                .containsExactly("Added /new", "Removed /old", "Removed /old/a");
    }
}
