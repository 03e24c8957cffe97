package dev.strandline.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.CaptureProblem;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.testkit.MemoryChunkStore;
import dev.strandline.core.testkit.TreeMaker;
import dev.strandline.core.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is found over all snapshots, and how often it is looked at. */
final class OccurrencesTest {
    private final MemoryChunkStore chunks = new MemoryChunkStore();
    private final TreeMaker make = new TreeMaker(chunks);
    private final List<String> asked = new ArrayList<>();

    private List<String> find(String scope, List<Snapshot> snapshots) throws RepositoryException {
        return new Occurrences(
                        chunks,
                        FilePath.of(scope),
                        (path, node) -> {
                            asked.add(path.display());
                            return !(node instanceof Node.Directory);
                        },
                        (_, damage) -> {
                            throw new AssertionError(damage);
                        })
                .in(snapshots).stream()
                        .map(found -> found.path() + " "
                                + found.first().record().time().getEpochSecond() + "-"
                                + found.last().record().time().getEpochSecond() + " " + found.count())
                        .toList();
    }

    private Snapshot snapshot(int number, Map<String, Node> entries) {
        return TreeMaker.snapshot(number, "/r", make.directory(entries), Optional.empty());
    }

    private List<Snapshot> snapshots() {
        return List.of(
                snapshot(0, Map.of("a", make.file("1"), "b", make.file("1"))),
                snapshot(1, Map.of("a", make.file("2"), "b", make.file("1"))),
                snapshot(2, Map.of("a", make.file("2"))),
                snapshot(3, Map.of("a", make.file("1"), "d", make.directory(Map.of("e", make.file("3"))))));
    }

    @Test
    void in_everyVersion_isToldOnceWithItsRange() throws RepositoryException {
        assertThat(find("/", snapshots()))
                .containsExactly("/r/a 0-0 1", "/r/a 1-2 2", "/r/a 3-3 1", "/r/b 0-1 2", "/r/d/e 3-3 1");
        assertThat(asked).containsExactlyInAnyOrder("/r", "/r/a", "/r/b", "/r/a", "/r/a", "/r/d", "/r/d/e");
    }

    @Test
    void in_aScope_looksNowhereElse() throws RepositoryException {
        assertThat(find("/r/d", snapshots())).containsExactly("/r/d/e 3-3 1");
        assertThat(asked).containsExactly("/r/d", "/r/d/e");
    }

    @Test
    void in_aSnapshotThatCouldNotReadIt_saysNothingOfIt() throws RepositoryException {
        var both = make.directory(Map.of("a", make.file("1"), "b", make.file("1")));
        var one = make.directory(Map.of("a", make.file("1")));
        var unreadable = TreeMaker.snapshot(1, "/r", one, Optional.empty());
        var problem = new CaptureProblem(FilePath.of("/r/b"), "no");
        assertThat(find(
                        "/",
                        List.of(
                                TreeMaker.snapshot(0, "/r", both, Optional.empty()),
                                new Snapshot(unreadable.id(), TreeMaker.with(unreadable.record(), problem)),
                                TreeMaker.snapshot(2, "/r", both, Optional.empty()))))
                .containsExactly("/r/a 0-2 3", "/r/b 0-2 3");
    }

    @Test
    void in_thePlaceCapturedWithAndWithoutItsSurroundings_isToldOnce() throws RepositoryException {
        var inner = make.directory(Map.of("f", make.file("1")));
        var outer = make.directory(Map.of("shop", inner));
        assertThat(find(
                        "/srv/shop/f",
                        List.of(
                                TreeMaker.snapshot(0, "/srv", outer, Optional.empty()),
                                TreeMaker.snapshot(1, "/srv/shop", inner, Optional.empty()),
                                TreeMaker.snapshot(2, "/srv", outer, Optional.empty()))))
                .containsExactly("/srv/shop/f 0-2 3");
    }

    @Test
    void in_equalSnapshots_readsTheTreesOnce() throws RepositoryException {
        var node = make.directory(Map.of("a", make.file("1")));
        var snapshots = new ArrayList<Snapshot>();
        for (int i = 0; i < 50; i++) {
            snapshots.add(TreeMaker.snapshot(i, "/r", node, Optional.empty()));
        }
        assertThat(find("/", snapshots)).containsExactly("/r/a 0-49 50");
        assertThat(chunks.readCount()).isEqualTo(1);
    }
}
