package dev.strandline.store.repository;

import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.store.crypto.Secret;
import dev.strandline.store.testkit.SnapshotRuns;
import dev.strandline.store.testkit.SnapshotRuns.Label;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A repository of small packs in a real folder. */
final class RealRepository {
    private final Path folder;
    private final Optional<Secret> secret;
    private final Clock clock;
    private final List<String> notes = new ArrayList<>();

    RealRepository(Path folder) {
        this(folder, Optional.of(CrashScene.KEY));
    }

    RealRepository(Path folder, Optional<Secret> secret) {
        this(folder, secret, Clock.systemUTC());
    }

    private RealRepository(Path folder, Optional<Secret> secret, Clock clock) {
        this.folder = folder;
        this.secret = secret;
        this.clock = clock;
    }

    /** The same, by another clock. */
    RealRepository at(Clock other) {
        return new RealRepository(folder, secret, other);
    }

    Path folder() {
        return folder;
    }

    Optional<Secret> secret() {
        return secret;
    }

    /** What the repository said that a user may want to know. */
    List<String> notes() {
        return notes;
    }

    private Repositories repositories() {
        return repositories(PosixFileSystem.open());
    }

    private Repositories repositories(HostFileSystem host) {
        return new Repositories(
                host, clock, new SecureRandom(), notes::add, folder.resolveSibling("cache"), 2, CrashScene.PACK_BYTES);
    }

    void init() throws RepositoryException {
        init(Secret.Cost.NONE);
    }

    void init(Secret.Cost cost) throws RepositoryException {
        repositories().create(SnapshotRuns.path(folder), secret, cost);
    }

    /** With all that it does to files going through another file system. */
    Repository openThrough(HostFileSystem host) throws RepositoryException {
        return repositories(host).open(SnapshotRuns.path(folder), () -> secret).repository();
    }

    Repository open() throws RepositoryException {
        return open(secret);
    }

    Repository open(Optional<Secret> other) throws RepositoryException {
        return repositories().open(SnapshotRuns.path(folder), () -> other).repository();
    }

    Snapshot run(Path source, Label label) throws RepositoryException {
        try (var repository = open()) {
            return SnapshotRuns.take(repository, source, label);
        }
    }

    Path index() {
        return folder.resolve("index.rocksdb");
    }
}
