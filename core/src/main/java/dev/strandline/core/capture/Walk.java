package dev.strandline.core.capture;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.chunk.ChunkSizes;
import dev.strandline.core.chunk.Chunker;
import dev.strandline.core.chunk.GearTable;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.SharedDirectory;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkLane;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.tree.Entry;
import dev.strandline.core.tree.LinkGroup;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
import dev.strandline.core.work.WorkerPool;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks the captured paths depth first, names in order, and writes their trees. Looking and writing are apart: the walk
 * appends a {@link Step} for each entry it meets and each directory it leaves, and settles the steps from the front as
 * their files have been read, never more than {@link #MAX_UNSETTLED} behind. So all workers stay busy across directory
 * ends, and the order in which trees are written never depends on their timing. One thread.
 */
final class Walk {
    /** Entries looked at but not yet written: many batches, yet only a few MB. */
    private static final int MAX_UNSETTLED = 4096;

    private sealed interface Step {
        record Met(
                DirectoryVisit visit,
                FileName name,
                NodeSlot slot,
                @Nullable Node prior) implements Step {}

        record Entered(DirectoryVisit visit) implements Step {}

        record Left(DirectoryVisit visit, @Nullable Node prior) implements Step {}

        /** A captured path that is no directory. */
        record Single(
                FilePath path, NodeSlot slot, @Nullable Node prior) implements Step {}
    }

    private final HostFileSystem host;
    private final CaptureOptions options;
    private final CaptureProgress progress;
    private final BooleanSupplier cancelled;
    private final SnapshotWriter repository;
    private final ChunkLane lane;
    private final Chunker chunker;
    private final WorkerPool<FileReader> pool;
    private final Optional<Capture.Parent> parentSnapshot;
    private final CaptureMemory memory;
    private final CaptureTally tally;
    private final Selection selection;
    private final LinkTable links = new LinkTable();
    private final Deque<Step> steps = new ArrayDeque<>();
    private final List<SnapshotRoot> roots = new ArrayList<>();
    private @Nullable DirectoryVisit current;
    private FileBatch batch = new FileBatch();

    Walk(
            HostFileSystem host,
            GearTable gear,
            CaptureOptions options,
            CaptureListener listener,
            CaptureProgress progress,
            BooleanSupplier cancelled,
            SnapshotWriter repository,
            WorkerPool<FileReader> pool,
            Optional<Capture.Parent> parentSnapshot,
            CaptureMemory memory) {
        this.host = host;
        this.options = options;
        this.progress = progress;
        this.cancelled = cancelled;
        this.repository = repository;
        this.lane = repository.openLane();
        this.chunker = new Chunker(gear, ChunkSizes.ORDINARY);
        this.pool = pool;
        this.parentSnapshot = parentSnapshot;
        this.memory = memory;
        this.tally = new CaptureTally(listener);
        this.selection = new Selection(options, tally);
    }

    CaptureResult run() throws RepositoryException, InterruptedException {
        try {
            for (var path : FilePath.outermost(options.paths())) {
                walk(path);
            }
            submitBatch();
            settle(0);
        } finally {
            abandonOpenDirectories();
        }
        return new CaptureResult(List.copyOf(roots), tally.counts(), tally.problems());
    }

    private void walk(FilePath path) throws RepositoryException, InterruptedException {
        var prior = priorAt(path);
        try {
            if (path.depth() == 0) {
                enter(null, path, host.openDirectory(path), prior);
            } else {
                var parent = new SharedDirectory(host.openDirectory(path.parent()));
                try {
                    walkRoot(path, parent, prior);
                } finally {
                    parent.release();
                }
            }
        } catch (IOException e) {
            tally.problem(path, String.valueOf(e.getMessage()));
        }
        while (current != null) {
            var name = current.nextName();
            if (name == null) {
                leave();
            } else {
                meet(current, name);
            }
            settle(MAX_UNSETTLED);
        }
    }

    private void walkRoot(FilePath path, SharedDirectory parent, @Nullable Node prior)
            throws IOException, RepositoryException, InterruptedException {
        var status = parent.get().status(path.name());
        progress.entryFound();
        if (status.type() == FileType.DIRECTORY) {
            enter(null, path, parent.get().openDirectory(path.name()), prior);
        } else {
            var cached = memory.earlier().flatMap(earlier -> earlier.find(path)).orElse(null);
            var before = cached == null ? prior : cached.node();
            var slot = look(parent, path, path.name(), status, cached, before);
            steps.add(new Step.Single(path, slot, before));
        }
    }

    private @Nullable Node priorAt(FilePath path) {
        if (parentSnapshot.isEmpty()) {
            return null;
        }
        try {
            var parent = parentSnapshot.get();
            return new SnapshotTree(parent.snapshot(), parent.source()).at(path)
                            instanceof SnapshotTree.Place.Captured(var _, var node)
                    ? node
                    : null;
        } catch (NoSuchSnapshotException _) {
            return null;
        } catch (RepositoryException unreadable) {
            tally.tell(new CaptureEvent.ParentUnreadable(path, String.valueOf(unreadable.getMessage())));
            return null;
        }
    }

    private void meet(DirectoryVisit visit, FileName name) throws RepositoryException, InterruptedException {
        if (cancelled.getAsBoolean()) {
            throw new CaptureCancelledException();
        }
        progress.entryFound();
        var parentNode = visit.findPrior(name, tally);
        try {
            var status = visit.directory().get().status(name);
            if (selection.excludes(visit, name, status)) {
                return;
            }
            if (status.type() == FileType.DIRECTORY) {
                enter(visit, visit.pathOf(name), visit.directory().get().openDirectory(name), parentNode);
            } else {
                var cached = visit.isCached()
                        ? memory.earlier()
                                .flatMap(earlier -> earlier.find(name))
                                .orElse(null)
                        : null;
                var before = cached == null ? parentNode : cached.node();
                var slot = look(visit.directory(), visit.pathOf(name), name, status, cached, before);
                steps.add(new Step.Met(visit, name, slot, before));
            }
        } catch (FileOperationException e) {
            if (e.errno() == Errno.ENOENT) {
                tally.tell(new CaptureEvent.Vanished(visit.pathOf(name)));
            } else {
                tally.problem(visit.pathOf(name), String.valueOf(e.getMessage()));
            }
        } catch (IOException e) {
            tally.problem(visit.pathOf(name), String.valueOf(e.getMessage()));
        }
    }

    private void enter(@Nullable DirectoryVisit parent, FilePath path, Directory directory, @Nullable Node prior)
            throws IOException {
        try {
            var status = directory.status();
            if (parent == null && selection.isRepository(status, path)) {
                directory.close();
                return;
            }
            var root = parent;
            while (root != null && root.parent() != null) {
                root = root.parent();
            }
            var exclusion = selection.exclusionOf(
                    directory,
                    status,
                    path,
                    root == null ? status : root.status(),
                    parent == null ? status : parent.status());
            if (exclusion.isPresent()) {
                tally.tell(new CaptureEvent.Excluded(path, exclusion.get()));
                directory.close();
                return;
            }
            var metadata = Metadata.of(status, FileReader.xattrs(directory.xattrs()), Optional.empty());
            // The kernel may list a name twice while another process renames.
            var names = directory.list().stream().sorted().distinct().toList();
            current = new DirectoryVisit(
                    parent,
                    path,
                    new SharedDirectory(directory),
                    status,
                    metadata,
                    new TreeWriter(lane, chunker),
                    prior,
                    parentSnapshot
                            .map(p -> PriorDirectory.of(p.source(), prior))
                            .orElse(null),
                    enterCache(parent, path),
                    names);
            steps.add(new Step.Entered(current));
        } catch (IOException e) {
            directory.close();
            throw e;
        }
    }

    private boolean enterCache(@Nullable DirectoryVisit parent, FilePath path) {
        if (memory.earlier().isEmpty()) {
            return false;
        }
        var earlier = memory.earlier().get();
        return parent == null ? earlier.enter(path) : parent.isCached() && earlier.enter(path.name());
    }

    private void leave() {
        var visit = Objects.requireNonNull(current);
        var prior =
                visit.isCached() ? memory.earlier().map(EarlierCapture::leave).orElse(null) : visit.priorNode();
        steps.add(new Step.Left(visit, prior));
        visit.directory().release();
        current = visit.parent();
    }

    /** Looks at an entry that is no directory; the path is for link groups. */
    private NodeSlot look(
            SharedDirectory parent,
            FilePath path,
            FileName name,
            FileStatus status,
            @Nullable CachedEntry cached,
            @Nullable Node before)
            throws IOException, RepositoryException, InterruptedException {
        if (status.linkCount() == 1) {
            return look(parent, name, status, Optional.empty(), cached, before);
        }
        var linked = links.find(status);
        if (linked != null) {
            return new NodeSlot.OtherName(linked.slot());
        }
        var group = LinkTable.groupOf(path);
        var slot = look(parent, name, status, Optional.of(group), cached, before);
        links.add(status, slot);
        return slot;
    }

    private NodeSlot look(
            SharedDirectory parent,
            FileName name,
            FileStatus status,
            Optional<LinkGroup> linkGroup,
            @Nullable CachedEntry cached,
            @Nullable Node before)
            throws IOException, RepositoryException, InterruptedException {
        if (cached != null
                && memory.earlier().isPresent()
                && cached.isCertainly(status, memory.earlier().get().racyFrom())) {
            if (status.type() == FileType.REGULAR) {
                progress.fileDone();
                progress.bytesDone(status.sizeBytes());
            }
            return new NodeSlot.Known(new Outcome.Captured(cached.nodeIn(linkGroup), status));
        }
        if (status.type() == FileType.REGULAR) {
            var slot = batch.add(new FileBatch.Task(parent.retain(), name, status, linkGroup, before));
            if (batch.isFull()) {
                submitBatch();
            }
            return slot;
        }
        try (var entry = parent.get().openEntry(name)) {
            var actual = entry.status();
            if (actual.type() != status.type()) {
                throw new IOException(name.display() + ": it was replaced while it was looked at");
            }
            var metadata = Metadata.of(actual, FileReader.xattrs(entry.xattrs()), linkGroup);
            return new NodeSlot.Known(new Outcome.Captured(
                    switch (actual.type()) {
                        case SYMLINK -> new Node.Symlink(metadata, entry.readLink());
                        case FIFO -> new Node.Fifo(metadata);
                        case SOCKET -> new Node.Socket(metadata);
                        case CHARACTER_DEVICE, BLOCK_DEVICE ->
                            new Node.Device(metadata, actual.type(), actual.specialMajor(), actual.specialMinor());
                        case REGULAR, DIRECTORY ->
                            throw new IllegalStateException(actual.type() + " is looked at elsewhere");
                    },
                    actual));
        }
    }

    private void submitBatch() throws RepositoryException, InterruptedException {
        if (!batch.isEmpty()) {
            var full = batch;
            batch = new FileBatch();
            pool.submit(full);
        }
    }

    /** Writes entries to their trees until at most {@code behind} are left. */
    private void settle(int behind) throws RepositoryException, InterruptedException {
        while (steps.size() > behind) {
            switch (steps.removeFirst()) {
                case Step.Entered(var visit) -> memory.recorder().ifPresent(recorder -> recorder.enter(visit.key()));
                case Step.Met(var visit, var name, var slot, var prior) -> {
                    var node = outcome(slot, visit.pathOf(name), name.toBytes(), prior);
                    if (node != null) {
                        visit.tree().add(new Entry(name, node));
                    }
                }
                case Step.Left(var visit, var prior) -> {
                    if (prior instanceof Node.Directory(var _, var entries)) {
                        visit.tree().resembles(new Predecessor(repository, entries));
                    }
                    var node = new Node.Directory(visit.metadata(), visit.tree().finish());
                    tally.captured(visit.path(), node, prior);
                    memory.recorder().ifPresent(recorder -> recorder.leave(node));
                    if (visit.parent() == null) {
                        roots.add(new SnapshotRoot(visit.path(), node));
                    } else {
                        visit.parent().tree().add(new Entry(visit.path().name(), node));
                    }
                }
                case Step.Single(var path, var slot, var prior) -> {
                    var node = outcome(slot, path, path.toBytes(), prior);
                    if (node != null) {
                        roots.add(new SnapshotRoot(path, node));
                    }
                }
            }
        }
    }

    private @Nullable Node outcome(NodeSlot slot, FilePath path, byte[] key, @Nullable Node prior)
            throws RepositoryException, InterruptedException {
        var looked = slot instanceof NodeSlot.OtherName(var first) ? first : slot;
        if (looked instanceof NodeSlot.InBatch(var owner, int _) && owner == batch) {
            submitBatch();
        }
        return switch (slot.await()) {
            case Outcome.Captured(var node, var status) -> {
                tally.captured(path, node, prior);
                memory.recorder().ifPresent(recorder -> recorder.entry(key, status, node));
                yield node;
            }
            case Outcome.Failed(var reason) -> {
                tally.problem(path, reason);
                yield null;
            }
            case Outcome.Vanished _ -> {
                tally.tell(new CaptureEvent.Vanished(path));
                yield null;
            }
        };
    }

    private void abandonOpenDirectories() {
        if (!batch.isEmpty()) {
            batch.abandon();
        }
        for (var visit = current; visit != null; visit = visit.parent()) {
            visit.directory().release();
        }
    }
}
