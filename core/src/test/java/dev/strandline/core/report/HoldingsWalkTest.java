package dev.strandline.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.browse.ExtentReader;
import dev.strandline.core.browse.TreeReader;
import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.StoredChunk;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.testkit.MemoryChunkStore;
import dev.strandline.core.testkit.TreeMaker;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which snapshot needs what, held against sets of everything that each one reaches. */
class HoldingsWalkTest {
    private final MemoryChunkStore chunks = new MemoryChunkStore();
    private final TreeMaker make = new TreeMaker(chunks);
    private final Map<ChunkId, ChunkId> bases = new HashMap<>();
    private final List<DamageException> damages = new ArrayList<>();

    /** What each chunk takes, told apart well enough that a wrong one shows. */
    private static int storedBytes(ChunkId id) {
        return 1 + (int) (id.word1() >>> 48);
    }

    private Holdings holdings(List<Snapshot> snapshots) throws RepositoryException {
        var table = new ChunkTable();
        for (var kind : ChunkKind.values()) {
            for (var id : chunks.ids(kind)) {
                table.accept(new StoredChunk(id, kind, 1, storedBytes(id), Optional.ofNullable(bases.get(id))));
            }
        }
        return new HoldingsWalk(chunks, table, name -> name.substring(name.lastIndexOf('.') + 1), damages::add)
                .of(snapshots);
    }

    private static long sum(Set<ChunkId> ids) {
        return ids.stream().mapToLong(HoldingsWalkTest::storedBytes).sum();
    }

    /** All that a node needs. */
    private void reach(Node node, Set<ChunkId> reached) throws RepositoryException {
        switch (node) {
            case Node.Directory(var _, var entries) -> {
                reach(entries, reached);
                var reader = new TreeReader(chunks, entries);
                for (var entry = reader.next(); entry != null; entry = reader.next()) {
                    reach(entry.node(), reached);
                }
            }
            case Node.RegularFile file -> reach(file.content(), reached);
            case Node.Symlink _, Node.Fifo _, Node.Socket _, Node.Device _ -> {}
        }
    }

    private void reach(ChunkStream stream, Set<ChunkId> reached) throws RepositoryException {
        var extents = new ExtentReader(chunks, stream);
        for (var extent = extents.next(); extent != null; extent = extents.next()) {
            if (extent instanceof Extent.Chunk(var id, int _)) {
                reached.add(id);
                Optional.ofNullable(bases.get(id)).ifPresent(reached::add);
            }
        }
    }

    /** What a snapshot reaches that no other does, by the definition. */
    private void assertAsDefined(List<Snapshot> snapshots) throws RepositoryException {
        var reached = new ArrayList<Set<ChunkId>>();
        for (var snapshot : snapshots) {
            var one = new HashSet<ChunkId>();
            reach(snapshot.record().roots().getFirst().node(), one);
            reached.add(one);
        }
        var holdings = holdings(snapshots);
        var any = new HashSet<ChunkId>();
        var shared = new HashSet<ChunkId>();
        for (var one : reached) {
            one.stream().filter(any::contains).forEach(shared::add);
            any.addAll(one);
        }
        for (int i = 0; i < snapshots.size(); i++) {
            var alone = new HashSet<>(reached.get(i));
            alone.removeAll(shared);
            assertThat(holdings.aloneBytes(snapshots.get(i)))
                    .as("snapshot " + i)
                    .isEqualTo(sum(alone));
        }
        var all = new HashSet<ChunkId>();
        for (var kind : ChunkKind.values()) {
            all.addAll(chunks.ids(kind));
        }
        assertThat(holdings.sharedBytes()).isEqualTo(sum(shared));
        assertThat(holdings.unusedBytes()).isEqualTo(sum(all) - sum(any));
        assertThat(holdings.kinds().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(sum(any));
        assertThat(holdings.roots().stream().mapToLong(FolderShare::storedBytes).sum())
                .isEqualTo(sum(any));
        assertThat(damages).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void holdings_ofRandomTrees_areAsDefined(long seed) throws RepositoryException {
        var random = new Random(seed);
        var snapshots = new ArrayList<Snapshot>();
        for (int i = 0; i < 8; i++) {
            snapshots.add(TreeMaker.snapshot(i, "/r", tree(random, 3), Optional.empty()));
        }
        var data = chunks.ids(ChunkKind.DATA);
        for (int i = 1; i < data.size(); i += 3) {
            bases.put(data.get(i), data.get(i - 1));
        }
        make.file("nobody's");
        assertAsDefined(snapshots);
    }

    /** With few distinct contents, so that equal directories stand at several depths and in several snapshots. */
    private Node.Directory tree(Random random, int depth) {
        var entries = new HashMap<String, Node>();
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            entries.put("file" + i + ".txt", make.file("content " + random.nextInt(12)));
        }
        for (int i = 0; depth > 0 && i < random.nextInt(3); i++) {
            entries.put("folder" + i, tree(random, random.nextInt(depth)));
        }
        return make.directory(entries);
    }

    @Test
    void holdings_ofAFolder_haveWhatIsInIt() throws RepositoryException {
        var file = make.file("x");
        var inner = make.directory(Map.of("deep.log", file));
        var root = make.directory(Map.of("inner", inner));
        var holdings = holdings(List.of(TreeMaker.snapshot(0, "/r", root, Optional.empty())));
        var share = holdings.roots().getFirst();
        assertThat(share.path()).isEqualTo(FilePath.of("/r"));
        assertThat(share.folders()).extracting(FolderShare::path).containsExactly(FilePath.of("/r/inner"));
        long content = storedBytes(chunks.ids(ChunkKind.DATA).getFirst());
        assertThat(holdings.kinds()).containsEntry("log", content).containsKey(Holdings.TREES);
        assertThat(share.folders().getFirst().storedBytes()).isEqualTo(content + storedBytes(chunkOf(inner)));
    }

    private static ChunkId chunkOf(Node.Directory directory) {
        return ((Extent.Chunk)
                        ((ChunkStream.Direct) directory.entries()).extents().getFirst())
                .id();
    }

    @Test
    void holdings_aDirectoryThatCantBeRead_isToldAndTheRestCounts() throws RepositoryException {
        var lost = make.directory(Map.of("a", make.file("in it")));
        var root = make.directory(Map.of("lost", lost, "b", make.file("beside it")));
        chunks.damage(chunkOf(lost));
        var snapshot = TreeMaker.snapshot(0, "/r", root, Optional.empty());
        var holdings = holdings(List.of(snapshot));
        assertThat(damages).hasSize(1);
        assertThat(holdings.aloneBytes(snapshot)).isPositive();
        assertThat(holdings.unusedBytes()).isPositive();
    }

    @Test
    void walk_manySnapshotsThatShareFolders_readsEachTwiceAtMost() throws RepositoryException {
        var same = make.directory(Map.of("below", make.directory(Map.of("a", make.file("a")))));
        var snapshots = new ArrayList<Snapshot>();
        for (int i = 0; i < 500; i++) {
            var root = make.directory(Map.of("same", same, "other", make.file("other " + i)));
            snapshots.add(TreeMaker.snapshot(i, "/r", root, Optional.empty()));
        }
        long before = chunks.readCount();
        holdings(snapshots);
        assertThat(chunks.readCount() - before).isLessThanOrEqualTo(500 + 2 * 2);
    }
}
