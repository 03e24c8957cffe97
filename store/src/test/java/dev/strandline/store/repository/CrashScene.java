package dev.strandline.store.repository;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.crypto.Secret;
import dev.strandline.store.testkit.CrashException;
import dev.strandline.store.testkit.CrashFileSystem;
import dev.strandline.store.testkit.CrashOutcome;
import dev.strandline.store.testkit.FolderContents;
import dev.strandline.store.testkit.SnapshotRuns;
import dev.strandline.store.testkit.SnapshotRuns.Label;
import dev.strandline.store.testkit.SourceFolder;
import dev.strandline.store.testkit.SyncPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Three versions of a folder on the real disk, and what a repository that lives in a {@link CrashFileSystem} should make of
 * them. Its path is not UTF-8, so that the index goes to a real folder outside.
 */
final class CrashScene {
    static final FilePath REPOSITORY = FilePath.of(new byte[] {'/', 'd', '/', 'r', (byte) 0xff});
    static final Secret KEY = new Secret.KeyFile(new byte[Secret.KeyFile.BYTES]);
    static final long PACK_BYTES = 60 << 10;
    private static final AtomicLong SEED = new AtomicLong();
    private static final int WORKERS = 2;
    private static final int VERSIONS = 3;

    private final Path folder;
    private final Map<Integer, Map<String, String>> expected = new HashMap<>();
    private final AtomicInteger folders = new AtomicInteger();

    CrashScene(Path folder) throws IOException {
        this.folder = folder;
        for (int version = 1; version <= VERSIONS; version++) {
            SourceFolder.create(source(version), version);
            expected.put(version, FolderContents.of(source(version)));
        }
    }

    Path source(int version) {
        return folder.resolve("source-" + version);
    }

    /** What is in the source of a version. */
    Map<String, String> expected(int version) {
        return expected.get(version);
    }

    /** A folder that is not there yet. */
    Path newFolder() {
        return folder.resolve("f" + folders.incrementAndGet());
    }

    static Repositories repositories(CrashFileSystem host, Path indexFolder) {
        return repositories(host, indexFolder, Clock.fixed(now(), ZoneOffset.UTC));
    }

    /** Each has randomness of its own, for runs that begin with the same repository must not use the same nonces. */
    static Repositories repositories(CrashFileSystem host, Path indexFolder, Clock clock) {
        var random = new Random(SEED.incrementAndGet());
        return new Repositories(host, clock, random, _ -> {}, indexFolder, WORKERS, PACK_BYTES);
    }

    static Instant now() {
        return Instant.ofEpochSecond(CrashFileSystem.NOW_SECONDS);
    }

    static void init(CrashFileSystem host, Path indexFolder) throws RepositoryException {
        repositories(host, indexFolder).create(REPOSITORY, Optional.of(KEY), Secret.Cost.NONE);
    }

    static Repository open(CrashFileSystem host, Path indexFolder) throws RepositoryException {
        return repositories(host, indexFolder)
                .open(REPOSITORY, () -> Optional.of(KEY))
                .repository();
    }

    /** Opens, takes a snapshot of a version, closes. */
    Snapshot run(CrashFileSystem host, Path indexFolder, int version) throws RepositoryException {
        try (var repository = open(host, indexFolder)) {
            return SnapshotRuns.take(repository, source(version), label(version));
        }
    }

    Label label(int version) {
        return Label.of(version, Optional.empty());
    }

    static int versionOf(Snapshot snapshot) {
        return Math.toIntExact(snapshot.record().time().getEpochSecond() - CrashFileSystem.NOW_SECONDS);
    }

    /** Whether a snapshot restores bit for bit; else what is wrong. */
    Optional<String> restoreProblem(Repository repository, Snapshot snapshot) throws RepositoryException, IOException {
        var target = newFolder();
        try {
            var report = SnapshotRuns.restore(repository, snapshot, target);
            if (report.count() > 0) {
                return Optional.of("snapshot " + versionOf(snapshot) + " restores with "
                        + report.problems().getFirst());
            }
            return FolderContents.of(target).equals(expected.get(versionOf(snapshot)))
                    ? Optional.empty()
                    : Optional.of("snapshot " + versionOf(snapshot) + " restores to something else");
        } finally {
            FolderContents.remove(target);
        }
    }

    /**
     * Whether a repository, as it is found after an accident, keeps what was promised: each of {@code promised} is there,
     * every snapshot that is there restores bit for bit, nothing is damaged, and the next run works, even when the power
     * fails right after it.
     *
     * @return what is wrong
     */
    Optional<String> violation(CrashFileSystem host, Path indexFolder, java.util.Set<SnapshotId> promised) {
        try {
            var now = intact(host, indexFolder, promised);
            if (now.isPresent()) {
                return now;
            }
            var next = run(host, indexFolder, VERSIONS);
            var extended = new java.util.HashSet<>(promised);
            extended.add(next.id());
            var empty = newFolder();
            try {
                return intact(host.crash(CrashOutcome.DROPPED, 1), empty, extended)
                        .map(text -> "when the power fails after the next run: " + text);
            } finally {
                FolderContents.remove(empty);
            }
        } catch (RepositoryException | IOException e) {
            return Optional.of(e.toString());
        } catch (CrashException e) {
            throw e;
        } catch (RuntimeException e) {
            var trace = new java.io.StringWriter();
            e.printStackTrace(new java.io.PrintWriter(trace));
            return Optional.of("unexpected: " + trace);
        }
    }

    private Optional<String> intact(CrashFileSystem host, Path indexFolder, java.util.Set<SnapshotId> promised)
            throws RepositoryException, IOException {
        try (var repository = open(host, indexFolder)) {
            var listing = repository.snapshots();
            if (!listing.damaged().isEmpty()) {
                return Optional.of("a damaged record: " + listing.damaged().getFirst());
            }
            var found = listing.snapshots().stream().map(Snapshot::id).toList();
            if (!found.containsAll(promised)) {
                return Optional.of("a snapshot is lost: of " + promised + " there are " + found);
            }
            for (var snapshot : listing.snapshots()) {
                var problem = restoreProblem(repository, snapshot);
                if (problem.isPresent()) {
                    return problem;
                }
            }
            var report = SnapshotRuns.check(repository);
            return report.isClean() ? Optional.empty() : Optional.of("check: " + report.damages() + report.affected());
        }
    }

    /** The state that all runs of a test begin with: one snapshot, committed and verified. */
    record Base(CrashFileSystem host, Path index, SnapshotId first) {}

    /** A machine with an empty folder to make a repository in. */
    CrashFileSystem host(Predicate<SyncPoint> leftOut) throws IOException {
        var host = CrashFileSystem.create(leftOut);
        try (var root = host.openDirectory(FilePath.ROOT)) {
            root.createDirectory(REPOSITORY.parent().name()).close();
            root.sync();
        }
        return host;
    }

    Base base(Predicate<SyncPoint> leftOut) throws RepositoryException, IOException {
        var host = host(leftOut);
        var index = newFolder();
        init(host, index);
        var first = run(host, index, 1);
        try (var repository = open(host, index)) {
            if (restoreProblem(repository, first).isPresent()) {
                throw new IllegalStateException("the first snapshot does not restore before anything went wrong");
            }
        }
        return new Base(host, index, first.id());
    }

    /** A copy of an index folder, for a run to change. */
    Path copyOf(Path index) throws IOException {
        var copy = newFolder();
        if (Files.exists(index)) {
            FolderContents.copy(index, copy);
        }
        return copy;
    }
}
