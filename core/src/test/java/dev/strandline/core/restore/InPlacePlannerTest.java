package dev.strandline.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.FileTime;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.testkit.MemoryChunkStore;
import dev.strandline.core.testkit.SnapshotExamples;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.LinkGroup;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InPlacePlannerTest {
    private final MemoryChunkStore chunks = new MemoryChunkStore();

    private Node.RegularFile file(boolean changedWhileRead, Optional<LinkGroup> group) {
        var content = new Extent.Chunk(chunks.store(ChunkKind.DATA, new byte[] {1}), 1);
        var metadata = new Metadata(0644, 0, 0, new FileTime(1, 0), List.of(), group);
        return new Node.RegularFile(metadata, new ChunkStream.Direct(List.of(content)), changedWhileRead);
    }

    private static Optional<LinkGroup> group(int number) {
        byte[] bytes = new byte[LinkGroup.BYTES];
        Arrays.fill(bytes, (byte) number);
        return Optional.of(new LinkGroup(bytes));
    }

    private static Snapshot snapshot(Node... nodes) {
        var roots = new SnapshotRoot[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            roots[i] = new SnapshotRoot(FilePath.of("/f" + i), nodes[i]);
        }
        return SnapshotExamples.snapshot("ab".repeat(32), Instant.EPOCH, List.of(roots));
    }

    private InPlacePlanner planner() {
        return new InPlacePlanner(
                chunks, new InPlacePlanner.Scope(FilePath.ROOT, RestoreFilter.ALL), Overwrite.ALWAYS, true);
    }

    @Test
    void plan_fileThatChangedWhileItWasRead_isNoDifferenceByItself() throws RepositoryException {
        var none = Optional.<LinkGroup>empty();
        assertThat(planner()
                        .plan(snapshot(file(false, none)), snapshot(file(true, none)))
                        .changes())
                .isEmpty();
    }

    @Test
    void planRelocated_groupsOfOtherNames_areTheSameWhenTheirMembersAre() throws RepositoryException {
        var wanted = snapshot(file(false, group(1)), file(false, group(1)), file(false, group(2)));
        var same = snapshot(file(false, group(7)), file(false, group(7)), file(false, group(8)));
        assertThat(planner().planRelocated(same, wanted, FilePath.ROOT).changes())
                .isEmpty();
        var joined = snapshot(file(false, group(7)), file(false, group(7)), file(false, group(7)));
        assertThat(planner().planRelocated(joined, wanted, FilePath.ROOT).changes())
                .hasSize(1);
        var parted = snapshot(file(false, group(7)), file(false, group(8)), file(false, group(9)));
        assertThat(planner().planRelocated(parted, wanted, FilePath.ROOT).changes())
                .isNotEmpty();
        assertThat(planner().plan(same, wanted).changes()).hasSize(3);
    }
}
