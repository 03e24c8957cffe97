package dev.strandline.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.check.CheckReport.Affected;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.testkit.CaptureRun;
import dev.strandline.core.testkit.MemoryChunkStore;
import dev.strandline.core.testkit.MemoryRepository;
import dev.strandline.core.testkit.TemporaryTree;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckerTest {
    private final MemoryRepository repository = new MemoryRepository();
    private TemporaryTree temporary;
    private FilePath root;
    private Directory directory;

    @BeforeEach
    void createRoot() throws IOException {
        temporary = TemporaryTree.create();
        root = temporary.createDirectory("root");
        directory = PosixFileSystem.open().openDirectory(root);
        file(directory, "f", 1);
        try (var sub = directory.createDirectory(FileName.of("sub"))) {
            file(sub, "g", 2);
        }
    }

    @AfterEach
    void removeRoot() throws IOException {
        directory.close();
        temporary.close();
    }

    private static void file(Directory parent, String name, int content) throws IOException {
        try (var file = parent.createFile(FileName.of(name))) {
            file.write(0, new byte[] {(byte) content}, 0, 1);
        }
    }

    private Snapshot capture() throws RepositoryException {
        return new CaptureRun(repository, root).commit();
    }

    private CheckReport check(double fraction) throws RepositoryException {
        return new Checker(repository, _ -> {}, () -> false).check(fraction);
    }

    @Test
    void check_soundRepository_isCleanAndCountsWhatItSaw() throws Exception {
        capture();
        var report = check(1);
        assertThat(report.isClean()).isTrue();
        assertThat(report.snapshots()).isEqualTo(1);
        assertThat(report.trees()).isEqualTo(2);
        assertThat(report.chunks()).isEqualTo(2);
        assertThat(report.bytesRead()).isPositive();
    }

    @Test
    void check_lostChunk_namesTheFileThatNeedsIt() throws Exception {
        var snapshot = capture();
        var id = MemoryChunkStore.idOf(new byte[] {2}, 0, 1);
        repository.chunks().lose(id);
        var report = check(0);
        assertThat(report.affected())
                .containsExactly(new Affected(
                        snapshot.id().shortHex(),
                        root.display() + "/sub/g",
                        "chunk " + id + ": it is missing or damaged"));
        assertThat(report.isClean()).isFalse();
    }

    @Test
    void check_lostChunkOfASingleFileRoot_namesThatFileOnce() throws Exception {
        new CaptureRun(repository, root.resolve(FileName.of("f"))).commit();
        repository.chunks().lose(MemoryChunkStore.idOf(new byte[] {1}, 0, 1));
        assertThat(check(0).affected()).extracting(Affected::path).containsExactly(root.display() + "/f");
    }

    @Test
    void check_damagedChunk_isFoundByReadingAndNamesTheFileThatNeedsIt() throws Exception {
        capture();
        var id = MemoryChunkStore.idOf(new byte[] {1}, 0, 1);
        repository.chunks().damage(id);
        assertThat(check(0).isClean()).isTrue();
        var report = check(1);
        assertThat(report.damages()).containsExactly("chunk " + id + ": it is not what was stored");
        assertThat(report.affected()).extracting(Affected::path).containsExactly(root.display() + "/f");
    }

    @Test
    void check_damagedTree_namesTheDirectory() throws Exception {
        var snapshot = capture();
        var node = (Node.Directory) snapshot.record().roots().getFirst().node();
        var chunk =
                (Extent.Chunk) ((ChunkStream.Direct) node.entries()).extents().getFirst();
        repository.chunks().damage(chunk.id());
        var report = check(0);
        assertThat(report.affected()).extracting(Affected::path).containsExactly(root.display());
        assertThat(report.affectedCount()).isEqualTo(1);
    }

    @Test
    void check_treesThatSnapshotsShare_areReadOnce() throws Exception {
        capture();
        long before = repository.chunks().readCount();
        check(0);
        long once = repository.chunks().readCount() - before;
        for (int i = 0; i < 5; i++) {
            capture();
        }
        before = repository.chunks().readCount();
        assertThat(check(0).snapshots()).isEqualTo(6);
        assertThat(repository.chunks().readCount() - before).isEqualTo(once);
    }

    @Test
    void check_parentRecordLost_isReported() throws Exception {
        var first = capture();
        new CaptureRun(repository, root).parent(first).commit();
        assertThat(check(0).isClean()).isTrue();
        repository.lose(first.id());
        assertThat(check(0).damages())
                .singleElement()
                .asString()
                .contains("snapshots/" + first.id().hex())
                .contains("it is missing");
    }

    @Test
    void check_cancelled_stops() throws Exception {
        capture();
        assertThatThrownBy(() -> new Checker(repository, _ -> {}, () -> true).check(0))
                .isInstanceOf(CheckCancelledException.class);
    }
}
