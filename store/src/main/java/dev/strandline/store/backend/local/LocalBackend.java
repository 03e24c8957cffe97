package dev.strandline.store.backend.local;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.ReadableFile;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.StorageException;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.backend.ObjectWriter;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * A repository in a directory. An object is written to {@code tmp/}, synced, renamed to its name without replacing
 * anything, and its folder synced. A temporary file carries a kernel lock that ends with its process, so what a crash
 * left behind is told from what is being written.
 */
public final class LocalBackend implements Backend {
    /** The file that {@link #keepReserve} makes. */
    public static final String RESERVE = "reserve";

    private static final FileName TEMPORARY = FileName.of("tmp");

    /** A temporary file is locked right after it is made; this is many times longer than "right after". */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private static final int TEMPORARY_ID_BYTES = 16;

    private final FilePath path;
    private final Directory root;
    private final RandomGenerator random;
    /** Folders whose names are known to be on the disk. */
    private final Set<List<String>> settled = ConcurrentHashMap.newKeySet();

    private LocalBackend(FilePath path, Directory root, RandomGenerator random) {
        this.path = path;
        this.root = root;
        this.random = random;
    }

    /** Opens what is in a directory, whatever that is. */
    public static LocalBackend open(HostFileSystem host, FilePath path, RandomGenerator random)
            throws StorageException {
        try {
            return new LocalBackend(path, host.openDirectory(path), random);
        } catch (IOException e) {
            throw LocalStorage.failure("the repository can't be opened", e);
        }
    }

    /** Makes the directory, with the directories above it, and its folders; those that are there are kept. */
    public static LocalBackend create(HostFileSystem host, FilePath path, RandomGenerator random)
            throws StorageException {
        try {
            var backend = new LocalBackend(path, openOrCreate(host, path), random);
            try {
                backend.createFolders();
                return backend;
            } catch (IOException e) {
                backend.close();
                throw e;
            }
        } catch (IOException e) {
            throw LocalStorage.failure("the repository can't be created", e);
        }
    }

    private void createFolders() throws IOException {
        for (var kind : ObjectKind.values()) {
            if (kind != ObjectKind.CONFIG) {
                openOrCreate(root, FileName.of(kind.folder())).close();
            }
        }
        openOrCreate(root, TEMPORARY).close();
    }

    /** All names on the way are durable then, also those that an earlier, interrupted run has made. */
    private static Directory openOrCreate(HostFileSystem host, FilePath path) throws IOException {
        try {
            var existing = host.openDirectory(path);
            syncAbove(host, path);
            return existing;
        } catch (FileOperationException e) {
            if (e.errno() != Errno.ENOENT || path.depth() == 0) {
                throw e;
            }
        }
        try (var parent = openOrCreate(host, path.parent())) {
            return openOrCreate(parent, path.name());
        }
    }

    private static void syncAbove(HostFileSystem host, FilePath path) {
        try (var parent = host.openDirectory(path.parent())) {
            parent.sync();
        } catch (IOException _) {
            // A directory that somebody else made may lie in one that is not ours to open.
        }
    }

    /** Durable when it returns if it was made here. */
    private static Directory openOrCreate(Directory parent, FileName name) throws IOException {
        try {
            return parent.openDirectory(name);
        } catch (FileOperationException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        Directory made;
        try {
            made = parent.createDirectory(name);
        } catch (FileOperationException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            return parent.openDirectory(name);
        }
        try {
            parent.sync();
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    /**
     * Opens the folder that {@code steps} lead to, below its parent, and makes it when missing. Durable when it returns:
     * whoever made it may have died before he synced its name. The repository's own folders are settled together.
     */
    private Directory openSettled(Directory parent, List<String> steps) throws IOException {
        var folder = openOrCreate(parent, FileName.of(steps.getLast()));
        try {
            if (!settled.contains(steps)) {
                parent.sync();
                settled.add(steps);
                if (steps.size() == 1) {
                    for (var kind : ObjectKind.values()) {
                        settled.add(List.of(kind.folder()));
                    }
                }
            }
            return folder;
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    @Override
    public void keepReserve(long sizeBytes) throws StorageException {
        try {
            Reserve.keep(root, sizeBytes, random);
        } catch (IOException e) {
            throw LocalStorage.failure("room for a full disk can't be kept", e);
        }
    }

    @Override
    public boolean spendReserve() throws StorageException {
        try {
            return Reserve.spend(root);
        } catch (IOException e) {
            throw LocalStorage.failure("room that was kept for a full disk can't be used", e);
        }
    }

    /** A temporary file whose lock is free and that is not new belongs to no process any more. */
    @Override
    public void removeAbandoned(Clock clock) throws StorageException {
        long newest = clock.instant().minus(ABANDONED_AFTER).getEpochSecond();
        try (var temporary = root.openDirectory(TEMPORARY)) {
            for (var name : temporary.list()) {
                try (var file = temporary.openWritable(name)) {
                    if (file.status().modified().seconds() < newest && file.tryLock()) {
                        temporary.removeFile(name);
                    }
                } catch (FileOperationException e) {
                    // What is no regular file is none of a writer's.
                    if (e.errno() != Errno.ENOENT && e.errno() != Errno.EINVAL) {
                        throw e;
                    }
                }
            }
        } catch (FileOperationException e) {
            if (e.errno() != Errno.ENOENT) {
                throw LocalStorage.failure("temporary files can't be removed", e);
            }
        } catch (IOException e) {
            throw LocalStorage.failure("temporary files can't be removed", e);
        }
    }

    /** The identity of the repository's directory, to recognise it inside a source. */
    public FileStatus status() throws StorageException {
        try {
            return root.status();
        } catch (IOException e) {
            throw LocalStorage.failure("the repository can't be looked at", e);
        }
    }

    @Override
    public String describe() {
        return path.display();
    }

    @Override
    public ObjectWriter create(ObjectName name) throws StorageException {
        return writer(name);
    }

    private LocalObjectWriter writer(ObjectName name) throws StorageException {
        try (var folders = new Folders(name, true)) {
            var temporary = openOrCreate(root, TEMPORARY);
            return LocalObjectWriter.create(temporary, folders.takeLast(), name, this::temporaryName);
        } catch (IOException e) {
            throw LocalStorage.failure(name + " can't be written", e);
        }
    }

    private FileName temporaryName() {
        byte[] bytes = new byte[TEMPORARY_ID_BYTES];
        random.nextBytes(bytes);
        return FileName.of(java.util.HexFormat.of().formatHex(bytes));
    }

    @Override
    public byte[] read(ObjectName name, long offset, int length) throws StorageException, DamageException {
        return read(name, file -> bytes(name, file, offset, length));
    }

    @Override
    public byte[] readAll(ObjectName name, int maximumBytes) throws StorageException, DamageException {
        return read(name, file -> {
            long size = file.status().sizeBytes();
            if (size > maximumBytes) {
                throw new DamageException(name.toString(), "it has " + size + " bytes, far too many");
            }
            return bytes(name, file, 0, (int) size);
        });
    }

    private interface Reading {
        byte[] of(ReadableFile file) throws IOException, DamageException;
    }

    private byte[] read(ObjectName name, Reading reading) throws StorageException, DamageException {
        try (var folders = new Folders(name, false)) {
            return read(name, folders.last(), reading);
        } catch (FileOperationException e) {
            switch (e.errno()) {
                case ENOENT -> throw new DamageException(name.toString(), "it is missing");
                case EIO, ENOTDIR, ELOOP ->
                    throw new DamageException(name.toString(), "it is out of reach: " + e.getMessage());
                default -> throw LocalStorage.failure(name + " can't be read", e);
            }
        } catch (IOException e) {
            throw LocalStorage.failure(name + " can't be read", e);
        }
    }

    /** What stands in the way of a single object is damage of that one, and the others may well be read. */
    private static byte[] read(ObjectName name, Directory folder, Reading reading) throws IOException, DamageException {
        try (var file = folder.openFile(FileName.of(name.path().getLast()))) {
            return reading.of(file);
        } catch (FileOperationException e) {
            switch (e.errno()) {
                case EIO -> throw new DamageException(name.toString(), "the disk can't read it: " + e.getMessage());
                case EINVAL -> throw new DamageException(name.toString(), "it is no regular file");
                case EACCES, EPERM -> {
                    if (name.kind() != ObjectKind.CONFIG) {
                        throw new DamageException(
                                name.toString(), "its permissions don't let it be read: " + e.getMessage());
                    }
                    throw e;
                }
                default -> throw e;
            }
        }
    }

    private static byte[] bytes(ObjectName name, ReadableFile file, long offset, int length)
            throws IOException, DamageException {
        byte[] content = new byte[length];
        int count = file.read(offset, content, 0, length);
        if (count < length) {
            throw new DamageException(
                    name.toString(),
                    "it ends at byte " + (offset + count) + ", " + (length - count) + " bytes too early");
        }
        return content;
    }

    @Override
    public OptionalLong size(ObjectName name) throws StorageException {
        try (var folders = new Folders(name, false)) {
            var status = folders.last().status(FileName.of(name.path().getLast()));
            return OptionalLong.of(status.type() == FileType.REGULAR ? status.sizeBytes() : 0);
        } catch (FileOperationException e) {
            return switch (e.errno()) {
                case ENOENT -> OptionalLong.empty();
                case EIO, ENOTDIR, ELOOP -> OptionalLong.of(0);
                default -> throw LocalStorage.failure(name + " can't be looked at", e);
            };
        } catch (IOException e) {
            throw LocalStorage.failure(name + " can't be looked at", e);
        }
    }

    @Override
    public List<ObjectName> list(ObjectKind kind) throws StorageException {
        var names = new ArrayList<ObjectName>();
        try (var folder = root.openDirectory(FileName.of(kind.folder()))) {
            if (kind == ObjectKind.PACK) {
                for (var shard : folder.list()) {
                    try (var shardFolder = folder.openDirectory(shard)) {
                        addIds(kind, shardFolder, names);
                    } catch (FileOperationException e) {
                        if (e.errno() != Errno.ENOTDIR && e.errno() != Errno.ELOOP && e.errno() != Errno.ENOENT) {
                            throw e;
                        }
                    }
                }
            } else {
                addIds(kind, folder, names);
            }
            return names;
        } catch (FileOperationException e) {
            if (e.errno() == Errno.ENOENT) {
                return new ArrayList<>();
            }
            throw LocalStorage.failure(kind.folder() + " can't be listed", e);
        } catch (IOException e) {
            throw LocalStorage.failure(kind.folder() + " can't be listed", e);
        }
    }

    private static void addIds(ObjectKind kind, Directory folder, List<ObjectName> names) throws IOException {
        for (var name : folder.list()) {
            String text = name.display();
            if (ObjectName.isId(text)) {
                names.add(new ObjectName(kind, text));
            }
        }
    }

    @Override
    public void confirm(ObjectName name) throws StorageException {
        try (var folders = new Folders(name, true)) {
            folders.last().sync();
        } catch (IOException e) {
            throw LocalStorage.failure(name + " can't be synced to disk", e);
        }
    }

    @Override
    public void delete(Collection<ObjectName> names) throws StorageException {
        delete(names, true);
    }

    /** Packs are spread over many folders, and syncing each takes longer than all else. */
    @Override
    public void discard(Collection<ObjectName> names) throws StorageException {
        delete(names, false);
    }

    private void delete(Collection<ObjectName> names, boolean forGood) throws StorageException {
        var byFolder = new TreeMap<String, List<ObjectName>>();
        for (var name : names) {
            var steps = name.path();
            byFolder.computeIfAbsent(String.join("/", steps.subList(0, steps.size() - 1)), _ -> new ArrayList<>())
                    .add(name);
        }
        for (var together : byFolder.values()) {
            deleteOfOneFolder(together, forGood);
        }
    }

    private void deleteOfOneFolder(List<ObjectName> names, boolean forGood) throws StorageException {
        try (var folders = new Folders(names.getFirst(), false)) {
            for (var name : names) {
                try {
                    remove(folders.last(), FileName.of(name.path().getLast()));
                } catch (FileOperationException e) {
                    if (e.errno() != Errno.ENOENT) {
                        throw LocalStorage.failure(name + " can't be deleted", e);
                    }
                }
            }
            if (forGood) {
                folders.last().sync();
            }
        } catch (FileOperationException e) {
            if (e.errno() != Errno.ENOENT) {
                throw LocalStorage.failure(names.getFirst() + " can't be deleted", e);
            }
        } catch (IOException e) {
            throw LocalStorage.failure(names.getFirst() + " can't be deleted", e);
        }
    }

    /** Also what is a folder instead of an object, unless something is in it. */
    private static void remove(Directory folder, FileName name) throws IOException {
        try {
            folder.removeFile(name);
        } catch (FileOperationException e) {
            if (e.errno() != Errno.EISDIR) {
                throw e;
            }
            folder.removeDirectory(name);
        }
    }

    @Override
    public Held hold(ObjectName name, byte[] content) throws StorageException {
        var writer = writer(name);
        try {
            writer.write(content, 0, content.length);
            return writer.publishHeld();
        } catch (StorageException | RuntimeException | Error e) {
            writer.close();
            throw e;
        }
    }

    /** Where the lock can't be tried for want of permission, somebody else's process may have it. */
    @Override
    public boolean isHeld(ObjectName name) throws StorageException {
        try (var folders = new Folders(name, false);
                var file = folders.last().openWritable(FileName.of(name.path().getLast()))) {
            return !file.tryLock();
        } catch (FileOperationException e) {
            return switch (e.errno()) {
                case ENOENT, EINVAL -> false;
                case EACCES, EPERM, EROFS -> true;
                default -> throw LocalStorage.failure(name + " can't be looked at", e);
            };
        } catch (IOException e) {
            throw LocalStorage.failure(name + " can't be looked at", e);
        }
    }

    @Override
    public void close() {
        root.close();
    }

    /** The folders that lead to an object, open. The root is not among them. */
    private final class Folders implements AutoCloseable {
        private final Deque<Directory> opened = new ArrayDeque<>();

        Folders(ObjectName name, boolean create) throws IOException {
            var steps = name.path();
            try {
                for (int depth = 1; depth < steps.size(); depth++) {
                    opened.push(
                            create
                                    ? openSettled(last(), steps.subList(0, depth))
                                    : last().openDirectory(FileName.of(steps.get(depth - 1))));
                }
            } catch (IOException e) {
                close();
                throw e;
            }
        }

        Directory last() {
            return opened.isEmpty() ? root : opened.element();
        }

        /** The innermost folder, which the caller closes unless it is the root. */
        LocalObjectWriter.Folder takeLast() {
            return opened.isEmpty()
                    ? new LocalObjectWriter.Folder(root, false)
                    : new LocalObjectWriter.Folder(opened.pop(), true);
        }

        @Override
        public void close() {
            opened.forEach(Directory::close);
        }
    }
}
