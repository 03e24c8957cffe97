package dev.strandline.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.testkit.MemoryChunkStore;
import dev.strandline.core.testkit.TreeMaker;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which versions of a path there are, and what is read to find out. */
final class PathHistoryTest {
    private static final FilePath FILE = FilePath.of("/r/folder/file");

    private final MemoryChunkStore chunks = new MemoryChunkStore();
    private final TreeMaker make = new TreeMaker(chunks);
    private final List<DamageException> damages = new ArrayList<>();

    private List<String> versions(FilePath path, List<Snapshot> snapshots) throws RepositoryException {
        return new PathHistory(chunks, damages::add)
                .versions(path, snapshots).stream()
                        .map(version -> (version.isGone() ? "gone " : "there ")
                                + version.first().record().time().getEpochSecond() + "-"
                                + version.last().record().time().getEpochSecond() + " " + version.count())
                        .toList();
    }

    /** A tree with the file where there is a content, and another file that is always different. */
    private Node.Directory tree(Optional<String> content, int number) {
        var folder = new HashMap<String, Node>();
        content.ifPresent(text -> folder.put("file", make.file(text)));
        folder.put("sibling", make.file("same"));
        return make.directory(Map.of("folder", make.directory(folder), "other", make.file("other " + number)));
    }

    private List<Snapshot> snapshots(String... contents) {
        var snapshots = new ArrayList<Snapshot>();
        for (int i = 0; i < contents.length; i++) {
            var content = contents[i].isEmpty() ? Optional.<String>empty() : Optional.of(contents[i]);
            snapshots.add(TreeMaker.snapshot(i, "/r", tree(content, i), Optional.empty()));
        }
        return snapshots;
    }

    @Test
    void versions_contentsThatComeBackAndGo_areToldEach() throws RepositoryException {
        assertThat(versions(FILE, snapshots("", "a", "a", "b", "a", "", "", "c")))
                .containsExactly("there 1-2 2", "there 3-3 1", "there 4-4 1", "gone 5-6 2", "there 7-7 1");
    }

    @Test
    void versions_neverThere_areNone() throws RepositoryException {
        assertThat(versions(FilePath.of("/r/folder/nothing"), snapshots("a", "b")))
                .isEmpty();
        assertThat(versions(FilePath.of("/elsewhere"), snapshots("a", "b"))).isEmpty();
    }

    @Test
    void versions_ofADirectoryAboveTheRoots_followWhatIsBelow() throws RepositoryException {
        assertThat(versions(FilePath.ROOT, snapshots("a", "a", "b")))
                .containsExactly("there 0-0 1", "there 1-1 1", "there 2-2 1");
    }

    @Test
    void versions_recordsThatTellChanges_areBelievedAndNothingElseIsRead() throws RepositoryException {
        var snapshots = new ArrayList<Snapshot>();
        for (int i = 0; i < 500; i++) {
            var changed =
                    i % 100 == 0 ? List.of("/r", "/r/folder", "/r/folder/file", "/r/other") : List.of("/r", "/r/other");
            snapshots.add(TreeMaker.snapshot(i, "/r", tree(Optional.of("v" + i / 100), i), Optional.of(changed)));
        }
        assertThat(versions(FILE, snapshots))
                .containsExactly(
                        "there 0-99 100",
                        "there 100-199 100",
                        "there 200-299 100",
                        "there 300-399 100",
                        "there 400-499 100");
        assertThat(chunks.readCount()).isLessThanOrEqualTo(2 * 5);
    }

    @Test
    void versions_ofTheDirectoryAboveEverything_doNotDependOnWhatRecordsTell() throws RepositoryException {
        var first = TreeMaker.snapshot(0, "/r", tree(Optional.of("a"), 0), Optional.empty());
        var second = TreeMaker.snapshot(1, "/r", tree(Optional.of("a"), 1), Optional.of(List.of("/r", "/r/other")));
        assertThat(versions(FilePath.ROOT, List.of(first, second))).hasSize(2);
    }

    @Test
    void versions_changesThatAreSinceAnotherSnapshot_areNotBelieved() throws RepositoryException {
        var first = TreeMaker.snapshot(0, "/r", tree(Optional.of("a"), 0), Optional.empty());
        // Says that the file is as in snapshot 1, which is not the one before it here.
        var third = TreeMaker.snapshot(2, "/r", tree(Optional.of("b"), 2), Optional.of(List.of("/r", "/r/other")));
        assertThat(versions(FILE, List.of(first, third))).containsExactly("there 0-0 1", "there 2-2 1");
    }

    @Test
    void versions_withoutSuchRecords_readEachDistinctTreeOnce() throws RepositoryException {
        var same = tree(Optional.of("a"), 0);
        var snapshots = new ArrayList<Snapshot>();
        for (int i = 0; i < 100; i++) {
            snapshots.add(TreeMaker.snapshot(i, "/r", i == 50 ? tree(Optional.of("b"), 0) : same, Optional.empty()));
        }
        assertThat(versions(FILE, snapshots)).containsExactly("there 0-49 50", "there 50-50 1", "there 51-99 49");
        assertThat(chunks.readCount()).isEqualTo(4);
    }

    @Test
    void versions_aTreeThatCantBeRead_isToldAndItsSnapshotPassedOver() throws RepositoryException {
        var snapshots = snapshots("a", "b", "c");
        var damaged =
                (Node.Directory) snapshots.get(1).record().roots().getFirst().node();
        var extents = ((ChunkStream.Direct) damaged.entries()).extents();
        chunks.damage(((Extent.Chunk) extents.getFirst()).id());
        assertThat(versions(FILE, snapshots)).containsExactly("there 0-0 1", "there 2-2 1");
        assertThat(damages).hasSize(1);
    }

    @Test
    void versions_asInASnapshotThatCantBeRead_areLookedForAndNotGuessed() throws RepositoryException {
        var other = Optional.of(List.of("/r", "/r/other"));
        var all = Optional.of(List.of("/r", "/r/other", "/r/folder", "/r/folder/file"));
        var snapshots = List.of(
                TreeMaker.snapshot(0, "/r", tree(Optional.of("old"), 0), Optional.empty()),
                TreeMaker.snapshot(1, "/r", tree(Optional.of("new"), 1), all),
                TreeMaker.snapshot(2, "/r", tree(Optional.of("new"), 2), other),
                TreeMaker.snapshot(3, "/r", tree(Optional.of("new"), 3), other));
        var damaged =
                (Node.Directory) snapshots.get(1).record().roots().getFirst().node();
        var extents = ((ChunkStream.Direct) damaged.entries()).extents();
        chunks.damage(((Extent.Chunk) extents.getFirst()).id());
        assertThat(versions(FILE, snapshots)).containsExactly("there 0-0 1", "there 2-3 2");
        assertThat(damages).hasSize(1);
    }

    @Test
    void versions_aboveOtherPlaces_areNotComparedWithEachOther() throws RepositoryException {
        var shop = make.directory(Map.of("f", make.file("1")));
        var srv = make.directory(Map.of("shop", shop, "other", make.file("2")));
        var snapshots = List.of(
                TreeMaker.snapshot(0, "/srv", srv, Optional.empty()),
                TreeMaker.snapshot(1, "/srv/shop", shop, Optional.empty()),
                TreeMaker.snapshot(2, "/srv", srv, Optional.empty()));
        assertThat(versions(FilePath.of("/srv/shop/f"), snapshots)).containsExactly("there 0-2 3");
        assertThat(versions(FilePath.of("/srv"), snapshots)).containsExactly("there 0-2 2", "there 1-1 1");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void versions_withAndWithoutChangesInRecords_areTheSame(long seed) throws RepositoryException {
        System.out.println("versions with seed " + seed);
        var random = new Random(seed);
        var plain = new ArrayList<Snapshot>();
        var telling = new ArrayList<Snapshot>();
        String before = "";
        for (int i = 0; i < 200; i++) {
            String now =
                    random.nextInt(4) > 0 ? before : List.of("", "a", "b", "c").get(random.nextInt(4));
            var node = tree(now.isEmpty() ? Optional.empty() : Optional.of(now), i);
            var changed = new ArrayList<>(List.of("/r", "/r/other"));
            if (!now.equals(before)) {
                changed.addAll(List.of("/r/folder", "/r/folder/file"));
            }
            plain.add(TreeMaker.snapshot(i, "/r", node, Optional.empty()));
            telling.add(
                    TreeMaker.snapshot(i, "/r", node, random.nextBoolean() ? Optional.of(changed) : Optional.empty()));
            before = now;
        }
        assertThat(versions(FILE, telling)).isEqualTo(versions(FILE, plain)).isNotEmpty();
    }
}
