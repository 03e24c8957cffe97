package dev.strandline.core.capture;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.chunk.ChunkSizes;
import dev.strandline.core.chunk.Chunker;
import dev.strandline.core.chunk.GearTable;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.SharedDirectory;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkLane;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.tree.EncodedNode;
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
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the walk saw into trees. Each sighting becomes a step: files that have to be read go in batches to the workers,
 * and the steps are settled from the front as their files have been read, never more than {@link #MAX_UNSETTLED} behind.
 * So all workers stay busy across directory ends, and the order in which trees are written never depends on their timing.
 * What the files cache knows is settled on the spot when nothing waits before it. One thread.
 */
final class TreeCapture implements Sighting.Observer {
    /** Entries looked at but not yet written: many batches, yet only a few MB. */
    private static final int MAX_UNSETTLED = 4096;

    /** What is to be done once everything before it is. */
    private interface Step {
        void settle() throws RepositoryException, InterruptedException;
    }

    private final SnapshotWriter repository;
    private final ChunkLane lane;
    private final Supplier<TreeWriter> writers;
    private final WorkerPool<FileReader> pool;
    private final CaptureProgress progress;
    private final Optional<Capture.Parent> parentSnapshot;
    private final @Nullable EarlierCapture earlier;
    private final @Nullable CaptureRecorder recorder;
    private final CaptureTally tally;
    private final LinkTable links = new LinkTable();
    private final Deque<Step> steps = new ArrayDeque<>();
    private final List<SnapshotRoot> roots = new ArrayList<>();
    private final List<Long> kept = new ArrayList<>();
    private CaptureCounts before = CaptureCounts.NONE; // the roots that are done
    private @Nullable OpenTree current;
    private FileBatch batch = new FileBatch();

    TreeCapture(
            GearTable gear,
            CaptureListener listener,
            CaptureProgress progress,
            SnapshotWriter repository,
            WorkerPool<FileReader> pool,
            Optional<Capture.Parent> parentSnapshot,
            CaptureMemory memory) {
        this.repository = repository;
        this.lane = repository.openLane();
        var chunker = new Chunker(gear, ChunkSizes.ORDINARY);
        this.writers = () -> new TreeWriter(lane, chunker);
        this.pool = pool;
        this.progress = progress;
        this.parentSnapshot = parentSnapshot;
        this.earlier = memory.earlier().orElse(null);
        this.recorder = memory.recorder().orElse(null);
        this.tally = new CaptureTally(listener);
    }

    /** Takes all that {@code walk} sees. */
    CaptureResult run(SourceWalk walk) throws RepositoryException, InterruptedException {
        try {
            walk.passTo(this);
            submitBatch();
            settle(0);
        } finally {
            if (!batch.isEmpty()) {
                batch.abandon();
            }
        }
        return new CaptureResult(
                List.copyOf(roots), List.copyOf(kept), tally.counts(), tally.absent(), tally.problems());
    }

    @Override
    public void single(SharedDirectory parent, FilePath path, FileStatus status)
            throws RepositoryException, InterruptedException {
        var cached = earlier == null ? null : earlier.find(path);
        var prior = cached == null ? priorAt(path) : cached.node();
        var name = path.name();
        var slot = lookSafely(parent, () -> path, name, status, cached, prior);
        if (slot != null) {
            add(() -> {
                var node = outcome(slot, () -> path, path.toBytes(), prior);
                if (node != null) {
                    addRoot(path, node.decode());
                }
            });
        }
    }

    @Override
    public void entered(DirectoryVisit visit) throws RepositoryException, InterruptedException {
        var parent = current;
        EncodedNode prior;
        boolean cached;
        if (parent == null) {
            cached = earlier != null && earlier.enter(visit.path());
            prior = priorAt(visit.path());
        } else {
            cached = parent.enterCached(visit.path().name());
            prior = parent.findPrior(visit.path().name(), tally);
        }
        var priorDirectory = parentSnapshot.isEmpty()
                ? null
                : PriorDirectory.of(parentSnapshot.get().source(), prior);
        var tree = new OpenTree(parent, visit, writers, cached ? earlier : null, prior, priorDirectory);
        current = tree;
        if (recorder != null) {
            add(() -> recorder.enter(tree.key()));
        }
    }

    @Override
    public void met(DirectoryVisit visit, FileName name, FileStatus status)
            throws RepositoryException, InterruptedException {
        var tree = Objects.requireNonNull(current);
        var cached = tree.findCached(name);
        var prior = tree.findPrior(name, tally);
        var before = cached == null ? prior : cached.node();
        var place = new Place(visit, name);
        var slot = lookSafely(visit.directory(), place, name, status, cached, before);
        if (slot == null) {
            add(tree::differs);
        } else {
            add(new MetEntry(tree, place, slot, cached == null ? null : cached.node(), before));
        }
    }

    // The two that follow are no lambdas, since every entry has one of each: docs/decisions/0011.

    private record Place(DirectoryVisit visit, FileName name) implements Supplier<FilePath> {
        @Override
        public FilePath get() {
            return visit.pathOf(name);
        }
    }

    private final class MetEntry implements Step {
        private final OpenTree tree;
        private final Place place;
        private final NodeSlot slot;
        private final @Nullable EncodedNode cached;
        private final @Nullable EncodedNode before;

        MetEntry(
                OpenTree tree, Place place, NodeSlot slot, @Nullable EncodedNode cached, @Nullable EncodedNode before) {
            this.tree = tree;
            this.place = place;
            this.slot = slot;
            this.cached = cached;
            this.before = before;
        }

        @Override
        public void settle() throws RepositoryException, InterruptedException {
            var node = outcome(slot, place, place.name.toBytes(), before);
            if (node == null) {
                tree.differs();
            } else {
                tree.add(place.name, node, cached);
            }
        }
    }

    @Override
    public void left(DirectoryVisit visit) throws RepositoryException, InterruptedException {
        var tree = Objects.requireNonNull(current);
        tree.leave();
        current = tree.parent();
        add(() -> write(tree));
    }

    /** Roots are settled one after another, so that what was counted since the last one is of this one. */
    private void addRoot(FilePath path, Node node) {
        var counts = tally.counts();
        long files = counts.files() - before.files();
        roots.add(new SnapshotRoot(path, node, OptionalLong.of(files)));
        kept.add(files - (counts.filesNew() - before.filesNew()));
        before = counts;
    }

    private void write(OpenTree tree) throws RepositoryException {
        var prior = tree.priorNode();
        var visit = tree.visit();
        var node = new Node.Directory(visit.metadata(), tree.finish(lane, repository));
        var captured = Outcome.Captured.of(node, visit.status());
        tally.captured(captured, visit::path, prior);
        if (recorder != null) {
            recorder.leave(captured.node());
        }
        if (tree.parent() == null) {
            addRoot(visit.path(), node);
        } else {
            tree.parent().add(visit.path().name(), captured.node(), prior);
        }
    }

    @Override
    public void failed(FilePath path, String reason) throws RepositoryException, InterruptedException {
        add(() -> tally.problem(path, reason));
    }

    @Override
    public void told(CaptureEvent event) throws RepositoryException, InterruptedException {
        add(() -> tally.tell(event));
    }

    /** Appends a step, and takes those from the front that can be, or must be, settled. */
    private void add(Step step) throws RepositoryException, InterruptedException {
        steps.add(step);
        settle(batch.isEmpty() && !pool.isBusy() ? 0 : MAX_UNSETTLED);
    }

    /** Settles steps until at most {@code behind} are left. */
    private void settle(int behind) throws RepositoryException, InterruptedException {
        while (steps.size() > behind) {
            steps.removeFirst().settle();
        }
    }

    private @Nullable EncodedNode priorAt(FilePath path) {
        if (parentSnapshot.isEmpty()) {
            return null;
        }
        try {
            var parent = parentSnapshot.get();
            return new SnapshotTree(parent.snapshot(), parent.source()).at(path)
                            instanceof SnapshotTree.Place.Captured(var _, var node)
                    ? EncodedNode.of(node)
                    : null;
        } catch (NoSuchSnapshotException _) {
            return null;
        } catch (RepositoryException unreadable) {
            tally.tell(new CaptureEvent.ParentUnreadable(path, String.valueOf(unreadable.getMessage())));
            return null;
        }
    }

    /** Null when the entry can't be captured, which is told. */
    private @Nullable NodeSlot lookSafely(
            SharedDirectory parent,
            Supplier<FilePath> path,
            FileName name,
            FileStatus status,
            @Nullable CachedEntry cached,
            @Nullable EncodedNode before)
            throws RepositoryException, InterruptedException {
        try {
            return look(parent, path, name, status, cached, before);
        } catch (FileOperationException e) {
            if (e.errno() == Errno.ENOENT) {
                told(new CaptureEvent.Vanished(path.get()));
            } else {
                failed(path.get(), String.valueOf(e.getMessage()));
            }
        } catch (IOException e) {
            failed(path.get(), String.valueOf(e.getMessage()));
        }
        return null;
    }

    private NodeSlot look(
            SharedDirectory parent,
            Supplier<FilePath> path,
            FileName name,
            FileStatus status,
            @Nullable CachedEntry cached,
            @Nullable EncodedNode before)
            throws IOException, RepositoryException, InterruptedException {
        if (status.linkCount() == 1) {
            return look(parent, name, status, Optional.empty(), cached, before);
        }
        var linked = links.find(status);
        if (linked != null) {
            return new NodeSlot.OtherName(linked.slot());
        }
        var group = LinkTable.groupOf(path.get());
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
            @Nullable EncodedNode before)
            throws IOException, RepositoryException, InterruptedException {
        if (cached != null
                && earlier != null
                && cached.isCertainly(status, earlier.racyFrom())
                && repository.holds(cached.node())) {
            boolean regular = status.type() == FileType.REGULAR;
            if (regular) {
                progress.fileDone();
                progress.bytesDone(status.sizeBytes());
            }
            return new NodeSlot.Known(
                    new Outcome.Captured(cached.nodeIn(linkGroup), regular ? status.sizeBytes() : 0, status));
        }
        if (status.type() == FileType.REGULAR) {
            progress.fileToRead(status.sizeBytes());
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
            return new NodeSlot.Known(Outcome.Captured.of(
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

    /** Waits for an entry's outcome, and tells and records it; null when there is nothing to capture. */
    private @Nullable EncodedNode outcome(
            NodeSlot slot, Supplier<FilePath> path, byte[] key, @Nullable EncodedNode prior)
            throws RepositoryException, InterruptedException {
        var looked = slot instanceof NodeSlot.OtherName(var first) ? first : slot;
        if (looked instanceof NodeSlot.InBatch(var owner, int _) && owner == batch) {
            submitBatch();
        }
        var outcome = slot.await();
        if (outcome instanceof Outcome.Captured captured) {
            tally.captured(captured, path, prior);
            if (recorder != null) {
                recorder.entry(key, captured.status(), captured.node());
            }
            return captured.node();
        }
        if (outcome instanceof Outcome.Failed(var reason)) {
            tally.problem(path.get(), reason);
        } else {
            tally.tell(new CaptureEvent.Vanished(path.get()));
        }
        return null;
    }
}
