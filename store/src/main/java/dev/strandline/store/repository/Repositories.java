package dev.strandline.store.repository;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.NoRepositoryException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.StorageException;
import dev.strandline.core.repository.WrongKeyException;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.backend.Objects;
import dev.strandline.store.backend.local.LocalBackend;
import dev.strandline.store.crypto.AuthenticationException;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.crypto.RepositoryId;
import dev.strandline.store.crypto.Secret;
import dev.strandline.store.crypto.Suite;
import dev.strandline.store.format.ConfigFormat;
import dev.strandline.store.format.KeySlotFormat;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.pack.PackWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Creates and opens repositories in directories of this machine. Safe for use by several threads. */
public final class Repositories {
    private static final int MAX_TEXT_OBJECT_BYTES = 1 << 20;

    /** The database's folder inside a local repository. */
    private static final String INDEX_FOLDER = "index.rocksdb";

    /** What an {@code init} that was interrupted may have left, and nothing else. */
    private static final Set<String> LAYOUT = Stream.concat(
                    Stream.of(ObjectKind.values()).map(ObjectKind::folder), Stream.of("tmp", LocalBackend.RESERVE))
            .collect(Collectors.toSet());

    private final HostFileSystem host;
    private final Clock clock;
    private final RandomGenerator random;
    private final Consumer<String> notes;
    private final Path cacheDirectory;
    private final int workerCount;
    private final long packTargetBytes;

    /**
     * @param random a source fit for keys
     * @param notes told what a user may want to know though it is no error: the index was built anew
     * @param cacheDirectory where the index goes when it can't be inside the repository
     * @param workerCount threads that read chunks
     */
    public Repositories(
            HostFileSystem host,
            Clock clock,
            RandomGenerator random,
            Consumer<String> notes,
            Path cacheDirectory,
            int workerCount) {
        this(host, clock, random, notes, cacheDirectory, workerCount, PackWriter.TARGET_BYTES);
    }

    /** @param packTargetBytes small, so that tests get several packs out of little data */
    Repositories(
            HostFileSystem host,
            Clock clock,
            RandomGenerator random,
            Consumer<String> notes,
            Path cacheDirectory,
            int workerCount,
            long packTargetBytes) {
        this.host = host;
        this.clock = clock;
        this.random = random;
        this.notes = notes;
        this.cacheDirectory = cacheDirectory;
        this.workerCount = workerCount;
        this.packTargetBytes = packTargetBytes;
    }

    /**
     * Creates a repository; key slots first, the configuration last, so that an interrupted run leaves none.
     *
     * @param secret what will open it; empty for a repository without encryption
     * @return its id
     * @throws RefusedException when there is one already, or something else
     */
    public RepositoryId create(FilePath path, Optional<Secret> secret, Secret.Cost cost) throws RepositoryException {
        requireUnused(path);
        byte[] idBytes = new byte[RepositoryId.BYTES];
        random.nextBytes(idBytes);
        var id = RepositoryId.of(idBytes);
        try (var backend = LocalBackend.create(host, path, random)) {
            for (var stale : backend.list(ObjectKind.KEY)) {
                backend.delete(stale);
            }
            if (secret.isPresent()) {
                byte[] slotId = new byte[ObjectName.ID_DIGITS / 2];
                random.nextBytes(slotId);
                var slot = secret.get().wrap(MasterKey.generate(id, random), cost, random);
                publish(backend, ObjectName.of(ObjectKind.KEY, slotId), KeySlotFormat.encode(slot));
            }
            var suite = secret.isPresent() ? Suite.AES_256_GCM : Suite.NONE;
            backend.keepReserve(OpenRepository.MIN_RESERVE_BYTES);
            publish(backend, ObjectName.CONFIG, ConfigFormat.encode(new ConfigFormat.Config(id, suite)));
            return id;
        }
    }

    private static void publish(Backend backend, ObjectName name, byte[] content) throws RepositoryException {
        if (!Objects.publish(backend, name, content)) {
            throw new RefusedException(
                    "there is a repository at " + backend.describe() + " already", "Another init was faster; use it.");
        }
    }

    /**
     * Looks whether a repository can be created at a path.
     *
     * @throws RefusedException when there is one already, or something else
     */
    public void requireUnused(FilePath path) throws RepositoryException {
        try (Directory directory = host.openDirectory(path)) {
            var names = directory.list().stream().map(name -> name.display()).collect(Collectors.toSet());
            if (names.contains(ObjectName.CONFIG.toString())) {
                throw new RefusedException(
                        "there is a repository at " + path.display() + " already",
                        "Use it as it is, or name another place.");
            }
            names.removeAll(LAYOUT);
            boolean holdsObjects = false;
            try (var backend = LocalBackend.open(host, path, random)) {
                for (var kind : new ObjectKind[] {ObjectKind.PACK, ObjectKind.SEGMENT, ObjectKind.SNAPSHOT}) {
                    holdsObjects |= !backend.list(kind).isEmpty();
                }
            }
            if (!names.isEmpty() || holdsObjects) {
                throw new RefusedException(
                        path.display() + " is not empty", "Name an empty or a new directory for the repository.");
            }
        } catch (FileOperationException e) {
            if (e.errno() == Errno.ENOTDIR) {
                throw new RefusedException(
                        path.display() + " is not a directory", "Name an empty or a new directory for the repository.");
            }
            if (e.errno() != Errno.ENOENT) {
                throw new StorageException(path.display() + " can't be looked at: " + e.getMessage(), "", e);
            }
        } catch (IOException e) {
            throw new StorageException(path.display() + " can't be looked at: " + e.getMessage(), "", e);
        }
    }

    /** A repository that is open, and the identity of its directory. */
    public record Opened(Repository repository, FileStatus directory) {}

    /** Asked for the secret only when the repository needs one. */
    public interface SecretSource {
        /** Empty when the user has given none. */
        Optional<Secret> get() throws RepositoryException;
    }

    /**
     * Opens a repository.
     *
     * @throws NoRepositoryException when there is none
     * @throws WrongKeyException when the secret does not open it, or there is none, or one where none is needed
     */
    public Opened open(FilePath path, SecretSource secrets) throws RepositoryException {
        requireDirectory(path);
        var backend = LocalBackend.open(host, path, random);
        try {
            var config = readConfig(backend, path);
            var key = unlock(backend, config, secrets);
            var repository = new OpenRepository(
                    backend, key, opening(indexFolder(path, config.id())), clock, random, workerCount, packTargetBytes);
            return new Opened(repository, backend.status());
        } catch (RepositoryException | RuntimeException | Error e) {
            backend.close();
            throw e;
        }
    }

    private void requireDirectory(FilePath path) throws RepositoryException {
        try (var directory = host.openDirectory(path)) {
            directory.status();
        } catch (FileOperationException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                throw noRepository(path);
            }
            throw new StorageException(path.display() + " can't be opened: " + e.getMessage(), "", e);
        } catch (IOException e) {
            throw new StorageException(path.display() + " can't be opened: " + e.getMessage(), "", e);
        }
    }

    private static NoRepositoryException noRepository(FilePath path) {
        return new NoRepositoryException(
                "there is no repository at " + path.display(), "Check the path, or make one with 'strandline init'.");
    }

    private static ConfigFormat.Config readConfig(LocalBackend backend, FilePath path) throws RepositoryException {
        if (backend.size(ObjectName.CONFIG).isEmpty()) {
            boolean remains = !backend.list(ObjectKind.SNAPSHOT).isEmpty()
                    || !backend.list(ObjectKind.PACK).isEmpty();
            if (remains) {
                throw new DamageException(
                        ObjectName.CONFIG.toString(), "it is missing, though packs or snapshots are here");
            }
            throw noRepository(path);
        }
        return ConfigFormat.decode(backend.readAll(ObjectName.CONFIG, MAX_TEXT_OBJECT_BYTES));
    }

    private static MasterKey unlock(Backend backend, ConfigFormat.Config config, SecretSource secrets)
            throws RepositoryException {
        var slots = backend.list(ObjectKind.KEY);
        if (config.suite() == Suite.NONE) {
            if (!slots.isEmpty()) {
                throw new DamageException(
                        ObjectName.CONFIG.toString(), "it says that nothing is encrypted, but there are key slots");
            }
            if (secrets.get().isPresent()) {
                throw new WrongKeyException(
                        "a key was given, but this repository says that it is not encrypted",
                        "If that is right, leave the key out; if it should be encrypted, somebody replaced it.");
            }
            return MasterKey.unencrypted(config.id());
        }
        if (slots.isEmpty()) {
            throw new DamageException(ObjectKind.KEY.folder(), "the repository is encrypted, but no key slot is left");
        }
        var secret = secrets.get()
                .orElseThrow(() -> new WrongKeyException(
                        "the repository is encrypted and no key was given",
                        "Give --key-file, --password-file or --password-command, or set STRANDLINE_KEY_FILE or"
                                + " STRANDLINE_PASSWORD_FILE."));
        Optional<DamageException> damaged = Optional.empty();
        boolean tried = false;
        for (var name : slots) {
            try {
                var slot = KeySlotFormat.decode(name, backend.readAll(name, MAX_TEXT_OBJECT_BYTES));
                tried |= slot.kind() == secret.kind();
                return slot.unwrap(secret, config.id());
            } catch (DamageException e) {
                damaged = Optional.of(e);
            } catch (AuthenticationException _) {
                // Another slot may be the one.
            }
        }
        if (damaged.isPresent()) {
            throw damaged.get();
        }
        throw new WrongKeyException(
                tried
                        ? "wrong " + (secret instanceof Secret.Passphrase ? "passphrase" : "key file")
                        : "no key slot takes " + secret,
                "Nothing was read or changed. Check which key belongs to this repository.");
    }

    private OpenRepository.IndexOpening opening(Path folder) {
        return new OpenRepository.IndexOpening() {
            @Override
            public ChunkIndex open(Backend backend, MasterKey key) throws RepositoryException {
                return ChunkIndex.open(backend, key, folder, notes);
            }

            @Override
            public boolean isBuilt() {
                return Files.isDirectory(folder);
            }
        };
    }

    private Path indexFolder(FilePath path, RepositoryId id) {
        return ByteText.utf8(path.toBytes())
                .map(text -> Path.of(text).resolve(INDEX_FOLDER))
                .orElseGet(() -> cacheDirectory.resolve(id.hex()).resolve(INDEX_FOLDER));
    }
}
