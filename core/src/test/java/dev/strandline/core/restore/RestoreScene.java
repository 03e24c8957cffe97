package dev.strandline.core.restore;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.testkit.CaptureRun;
import dev.strandline.core.testkit.MemoryRepository;
import dev.strandline.core.testkit.SourceTree;
import dev.strandline.core.testkit.TemporaryTree;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** A folder, the repository that it is captured into, and the target that it comes back to, not there at first. */
final class RestoreScene implements AutoCloseable {
    static final HostFileSystem HOST = PosixFileSystem.open();

    private final SourceTree source = SourceTree.create();
    final TemporaryTree temporary = source.temporary();
    final Directory directory = source.directory();
    final FilePath root = source.path();
    final FilePath target = temporary.path().resolve(FileName.of("target"));
    final MemoryRepository repository = new MemoryRepository();

    Snapshot capture() throws RepositoryException {
        return new CaptureRun(repository, root).commit();
    }

    RestorePlan plan(Snapshot snapshot, FilePath path, RestoreFilter filter) throws RepositoryException, IOException {
        var chunks = repository.chunks();
        return new RestorePlanner(HOST, chunks).plan(new SnapshotTree(snapshot, chunks), path, target, filter, false);
    }

    static RestoreListener listener(RestoreReport report) {
        return new RestoreListener() {
            @Override
            public void problem(RestoreProblem problem) {
                report.add(problem);
            }

            @Override
            public void done(FilePath path, long bytes) {}
        };
    }

    RestoreReport execute(RestorePlan plan) throws RepositoryException, IOException {
        return execute(HOST, plan);
    }

    RestoreReport execute(HostFileSystem host, RestorePlan plan) throws RepositoryException, IOException {
        var report = new RestoreReport();
        new Restorer(host, repository.chunks(), listener(report), () -> false).execute(plan);
        return report;
    }

    RestoreReport verify(RestorePlan plan, RestoreReport before) throws RepositoryException, IOException {
        var report = new RestoreReport();
        new Verifier(HOST, repository, repository.chunks(), listener(report), () -> false, 2).verify(plan, before);
        return report;
    }

    List<String> targetNames() throws IOException {
        return names(target);
    }

    static List<String> names(FilePath folder) throws IOException {
        try (var restored = HOST.openDirectory(folder)) {
            return restored.list().stream().map(FileName::display).sorted().toList();
        }
    }

    static byte[] random(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
