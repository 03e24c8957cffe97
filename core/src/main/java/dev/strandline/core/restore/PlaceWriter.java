package dev.strandline.core.restore;

import dev.strandline.core.browse.ExtentReader;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes, replaces and removes single entries below the captured places, each at once: what is written is made under a name of
 * its own, complete with its metadata and on the disk, and then renamed. Remembers which directories that has touched. One
 * thread.
 */
final class PlaceWriter implements AutoCloseable {
    private final HostFileSystem host;
    private final ChunkSource source;
    private final RestoreListener listener;
    private final BooleanSupplier cancelled;
    private final RandomGenerator random;
    private final MetadataWriter metadata;
    private final List<FilePath> roots;
    private final Optional<FilePath> target;
    private final Set<FilePath> followed;
    private final Map<FilePath, DirectoryChain> chains = new HashMap<>();
    private final Set<FilePath> touched = new HashSet<>();
    private final Set<FilePath> staying = new HashSet<>();

    PlaceWriter(
            HostFileSystem host,
            ChunkSource source,
            RestoreListener listener,
            BooleanSupplier cancelled,
            RandomGenerator random,
            InPlacePlan plan) {
        this.host = host;
        this.source = source;
        this.listener = listener;
        this.cancelled = cancelled;
        this.random = random;
        this.metadata = new MetadataWriter(listener, false, OwnerMap.byId());
        this.roots = plan.roots();
        this.target = plan.target();
        this.followed = plan.followed();
    }

    /** Directories whose own metadata is due, those inside others first. */
    List<FilePath> touched() {
        return touched.stream()
                .sorted(Comparator.comparingInt(FilePath::depth).reversed())
                .toList();
    }

    /** Directories that could not be removed because what a capture leaves out is in them. */
    Set<FilePath> staying() {
        return Set.copyOf(staying);
    }

    /**
     * Gives a file that is otherwise as it should be its metadata; one that has another name meanwhile, which may be
     * anybody's, is made anew.
     */
    void setMetadata(FilePath path, Node node) throws IOException, RepositoryException {
        touch(path);
        try (var entry = parent(path).openEntry(path.name())) {
            var status = entry.status();
            if (status.type() == node.type() && status.linkCount() == 1) {
                metadata.replace(path, entry, node);
                listener.done(path, 0);
                return;
            }
        }
        write(path, node);
    }

    /** Has a directory's entries on the disk, and gives it its metadata. */
    void finishDirectory(FilePath path, @Nullable Node node) throws IOException {
        var directory = directory(path);
        directory.sync();
        if (node != null) {
            metadata.replace(path, directory, node);
        }
    }

    void makeDirectory(FilePath path, @Nullable Node before) throws IOException {
        if (!(before instanceof Node.Directory)) {
            touch(path);
            var parent = parent(path);
            if (before != null) {
                parent.removeFile(path.name());
            }
            parent.createDirectory(path.name()).close();
        }
        touched.add(path);
        listener.done(path, 0);
    }

    /** Makes an entry beside its place and puts it there. */
    void write(FilePath path, Node node) throws IOException, RepositoryException {
        touch(path);
        var parent = parent(path);
        var temporary = InPlacePlanner.temporaryName(random.nextLong());
        try {
            switch (node) {
                case Node.RegularFile file -> {
                    try (var made = parent.createFile(temporary)) {
                        writeContent(made, file);
                        metadata.replace(path, made, node);
                        made.sync();
                    }
                }
                case Node.Symlink(var _, byte[] target) -> parent.createSymlink(temporary, target);
                case Node.Device device ->
                    parent.createSpecial(temporary, device.type(), device.major(), device.minor());
                case Node other -> parent.createSpecial(temporary, other.type(), 0, 0);
            }
            if (!(node instanceof Node.RegularFile)) {
                try (var entry = parent.openEntry(temporary)) {
                    metadata.replace(path, entry, node);
                }
            }
            parent.rename(temporary, parent, path.name(), false);
        } catch (IOException | RepositoryException | RuntimeException e) {
            removeQuietly(parent, temporary);
            throw e;
        }
        listener.done(
                path, node instanceof Node.RegularFile file ? file.content().sizeBytes() : 0);
    }

    private void writeContent(WritableFile file, Node.RegularFile node) throws IOException, RepositoryException {
        var extents = new ExtentReader(source, node.content());
        long position = 0;
        for (var extent = extents.next(); extent != null; extent = extents.next()) {
            stopWhenCancelled();
            if (extent instanceof Extent.Chunk(var id, int length)) {
                byte[] data = source.read(id);
                if (data.length != length) {
                    throw new DamageException(
                            "chunk " + id, "it has " + data.length + " bytes where a file has " + length);
                }
                file.write(position, data, 0, length);
            }
            position += extent.lengthBytes();
        }
        file.setSize(position);
    }

    private static void removeQuietly(Directory parent, FileName name) {
        try {
            parent.removeFile(name);
        } catch (IOException _) {
            // It was not made, or is removed by the next restore.
        }
    }

    void remove(FilePath path, Node node) throws IOException {
        touch(path);
        try {
            if (node instanceof Node.Directory) {
                parent(path).removeDirectory(path.name());
                touched.remove(path);
            } else {
                parent(path).removeFile(path.name());
            }
            listener.done(path, 0);
        } catch (FileOperationException e) {
            // What a capture leaves out stays, and so does the directory that it is in.
            boolean holdsMore = node instanceof Node.Directory && e.errno() == Errno.ENOTEMPTY;
            if (holdsMore) {
                staying.add(path);
            } else if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    void link(FilePath first, FilePath path) throws IOException {
        touch(path);
        var temporary = InPlacePlanner.temporaryName(random.nextLong());
        // The chain has one branch open at a time: the first name's is opened anew.
        var anchor = anchorOf(first);
        try (var chain = new DirectoryChain(host, anchor, target.isPresent())) {
            var from = chain.open(first.parent().relativeTo(anchor));
            var parent = parent(path);
            from.link(first.name(), parent, temporary);
            try {
                parent.rename(temporary, parent, path.name(), false);
            } finally {
                removeQuietly(parent, temporary);
            }
        }
        listener.done(path, 0);
    }

    /** The directory that a captured place lies in, or it: what lies above is not the snapshot's. */
    private FilePath anchorOf(FilePath path) {
        if (target.isPresent()) {
            return target.get();
        }
        for (var root : roots) {
            if (path.startsWith(root)) {
                return root.depth() == 0 || followed.contains(root) ? root : root.parent();
            }
        }
        return path;
    }

    /** Notes that the directory of an entry changes. */
    private void touch(FilePath path) {
        if (path.depth() > 0) {
            touched.add(path.parent());
        }
    }

    private Directory parent(FilePath path) throws IOException {
        return directory(path.parent());
    }

    private Directory directory(FilePath path) throws IOException {
        var anchor = anchorOf(path);
        var chain = chains.get(anchor);
        if (chain == null) {
            chain = new DirectoryChain(host, anchor, target.isPresent());
            chains.put(anchor, chain);
        }
        return chain.open(path.relativeTo(anchor));
    }

    void stopWhenCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new RestoreCancelledException(true);
        }
    }

    @Override
    public void close() {
        chains.values().forEach(DirectoryChain::close);
    }
}
