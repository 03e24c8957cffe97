package dev.strandline.core.capture;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.browse.TreeVisitor;
import dev.strandline.core.browse.TreeWalker;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.testkit.CaptureRun;
import dev.strandline.core.testkit.MemoryRepository;
import dev.strandline.core.testkit.SnapshotExamples;
import dev.strandline.core.testkit.SourceTree;
import dev.strandline.core.testkit.TemporaryTree;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A folder, the repository that it is captured into, and what is in there then. */
final class CaptureScene implements AutoCloseable {
    private final SourceTree source = SourceTree.create();
    final TemporaryTree temporary = source.temporary();
    final Directory directory = source.directory();
    final FilePath root = source.path();
    final MemoryRepository repository = new MemoryRepository();

    /** Makes a file whose content is its name. */
    void file(String name) throws IOException {
        SourceTree.file(directory, name, name.getBytes(StandardCharsets.UTF_8));
    }

    CaptureRun capture() {
        return new CaptureRun(repository, root);
    }

    /** All nodes of a snapshot by their path relative to the root. */
    Map<String, Node> nodes(Snapshot snapshot, FilePath start) throws RepositoryException {
        var nodes = new TreeMap<String, Node>();
        var tree = new SnapshotTree(snapshot, repository.chunks());
        new TreeWalker(tree, repository.chunks(), new TreeVisitor() {
                    @Override
                    public boolean enter(FilePath path, Node.@Nullable Directory node) {
                        if (node != null) {
                            nodes.put(path.display(), node);
                        }
                        return true;
                    }

                    @Override
                    public void leave(FilePath path) {}

                    @Override
                    public void visit(FilePath path, Node node) {
                        nodes.put(path.display(), node);
                    }

                    @Override
                    public void damaged(FilePath path, DamageException damage) throws DamageException {
                        throw damage;
                    }
                })
                .walk(tree.at(start));
        nodes.remove(".");
        return nodes;
    }

    Map<String, Node> nodes(CaptureResult result) throws RepositoryException {
        return nodes(SnapshotExamples.snapshot("a".repeat(64), Instant.EPOCH, result.roots()), root);
    }

    Node.RegularFile regular(CaptureResult result, String path) throws RepositoryException {
        return (Node.RegularFile) nodes(result).get(path);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
