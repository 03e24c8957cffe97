package dev.strandline.core.restore;

import dev.strandline.core.browse.ExtentReader;
import dev.strandline.core.browse.TreeVisitor;
import dev.strandline.core.browse.TreeWalker;
import dev.strandline.core.chunk.ChunkSizes;
import dev.strandline.core.fs.AttributeTarget;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.ReadableFile;
import dev.strandline.core.fs.SharedDirectory;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.restore.RestoreProblem.Aspect;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.LinkGroup;
import dev.strandline.core.tree.Node;
import dev.strandline.core.work.WorkerPool;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a restored tree back and compares it with the snapshot: types, contents by their chunk ids, and all metadata.
 * Changes nothing.
 */
public final class Verifier {
    /** The largest chunk there can be. */
    private static final int BUFFER_BYTES = ChunkSizes.LARGE.maximum();

    /** Entries that a worker looks at in one go, which hides the hand-over, and the directories these may lie in. */
    private static final int ENTRIES_TOGETHER = 64;

    private static final int DIRECTORIES_TOGETHER = 16;

    private final HostFileSystem host;
    private final Repository repository;
    private final ChunkSource source;
    private final RestoreListener listener;
    private final BooleanSupplier cancelled;
    private final int workerCount;

    public Verifier(
            HostFileSystem host,
            Repository repository,
            ChunkSource source,
            RestoreListener listener,
            BooleanSupplier cancelled,
            int workerCount) {
        this.host = host;
        this.repository = repository;
        this.source = source;
        this.listener = listener;
        this.cancelled = cancelled;
        this.workerCount = workerCount;
    }

    /** @param report of the restore: what it has already is not told again */
    public void verify(RestorePlan plan, RestoreReport report) throws RepositoryException, IOException {
        try (var pool = new WorkerPool<>("verify", workerCount, () -> new byte[BUFFER_BYTES])) {
            var run = new Run(new SharedDirectory(host.openDirectory(plan.target())), plan.owners(), report, pool);
            try {
                new TreeWalker(plan.tree(), source, new FilteredVisitor(plan.filter(), run)).walk(plan.source());
                run.submit();
                pool.awaitAll();
            } finally {
                run.close();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new RestoreCancelledException(false);
        }
    }

    private final class Run implements TreeVisitor {
        private final SharedDirectory target;
        private final OwnerMap owners;
        private final RestoreReport report;
        private final WorkerPool<byte[]> pool;
        private final Deque<SharedDirectory> directories = new ArrayDeque<>();
        private final Map<LinkGroup, FileStatus> firstNames = new ConcurrentHashMap<>();
        private Comparisons comparisons = new Comparisons();
        private int levelsLost;

        Run(SharedDirectory target, OwnerMap owners, RestoreReport report, WorkerPool<byte[]> pool) {
            this.target = target;
            this.owners = owners;
            this.report = report;
            this.pool = pool;
        }

        @Override
        public boolean enter(FilePath path, Node.@Nullable Directory node) {
            if (levelsLost > 0) {
                levelsLost++;
                return true;
            }
            try {
                var parent = directories.peek();
                directories.push(
                        parent == null
                                ? target.retain()
                                : new SharedDirectory(parent.get().openDirectory(path.name())));
                if (node != null) {
                    var directory = directories.element().get();
                    compareMetadata(path, directory, directory.status(), node);
                }
            } catch (IOException e) {
                differs(path, Aspect.CONTENT, String.valueOf(e.getMessage()));
                levelsLost = 1;
            }
            return true;
        }

        @Override
        public void leave(FilePath path) {
            if (levelsLost > 0) {
                levelsLost--;
            } else {
                directories.pop().release();
            }
        }

        @Override
        public void damaged(FilePath directory, DamageException damage) {
            differs(directory, Aspect.DAMAGE, String.valueOf(damage.getMessage()));
        }

        @Override
        public void visit(FilePath path, Node node) throws RepositoryException {
            if (cancelled.getAsBoolean()) {
                throw new RestoreCancelledException(false);
            }
            if (levelsLost > 0 || report.has(path, Aspect.CONTENT) || report.has(path, Aspect.DAMAGE)) {
                return;
            }
            comparisons.add(directories.isEmpty() ? target : directories.element(), path, node);
            if (comparisons.isFull()) {
                submit();
            }
        }

        /** Has a worker look at what was collected. */
        void submit() throws RepositoryException {
            var collected = comparisons;
            comparisons = new Comparisons();
            try {
                pool.submit(collected);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new RestoreCancelledException(false);
            }
        }

        private record Comparison(SharedDirectory parent, FilePath path, Node node) {}

        /** Looks at some entries. */
        private final class Comparisons implements WorkerPool.Task<byte[]> {
            private final List<Comparison> comparisons = new ArrayList<>();
            private final Set<SharedDirectory> parents = new HashSet<>();

            void add(SharedDirectory parent, FilePath path, Node node) {
                comparisons.add(new Comparison(parent, path, node));
                if (parents.add(parent)) {
                    parent.retain();
                }
            }

            boolean isFull() {
                return comparisons.size() >= ENTRIES_TOGETHER || parents.size() >= DIRECTORIES_TOGETHER;
            }

            @Override
            public void run(byte[] buffer) throws RepositoryException {
                try {
                    for (var comparison : comparisons) {
                        try {
                            compare(comparison.parent.get(), comparison.path, comparison.node, buffer);
                        } catch (IOException e) {
                            differs(comparison.path, Aspect.CONTENT, String.valueOf(e.getMessage()));
                        }
                    }
                } finally {
                    abandon();
                }
            }

            @Override
            public void abandon() {
                parents.forEach(SharedDirectory::release);
            }
        }

        private void compare(Directory parent, FilePath path, Node node, byte[] buffer)
                throws IOException, RepositoryException {
            switch (node) {
                case Node.RegularFile regular -> {
                    try (var file = parent.openFile(path.name())) {
                        var status = file.status();
                        compareMetadata(path, file, status, node);
                        if (isFirstName(path, status, node)) {
                            compareContent(path, regular, file, status, buffer);
                        }
                    }
                }
                case Node other -> {
                    try (var entry = parent.openEntry(path.name())) {
                        var status = entry.status();
                        compareMetadata(path, entry, status, other);
                        isFirstName(path, status, other);
                        if (other instanceof Node.Symlink(var _, byte[] linkTarget)
                                && !Arrays.equals(linkTarget, entry.readLink())) {
                            differs(path, Aspect.CONTENT, "it points elsewhere");
                        }
                    }
                }
            }
        }

        /** Whether this inode has not been looked at under another name. */
        private boolean isFirstName(FilePath path, FileStatus status, Node node) {
            var group = node.metadata().linkGroup();
            var first = group.map(key -> firstNames.putIfAbsent(key, status));
            if (first.isPresent() && !first.get().isSameFile(status)) {
                differs(path, Aspect.CONTENT, "it is not a hard link any more");
                return true;
            }
            return first.isEmpty();
        }

        private void compareContent(
                FilePath path, Node.RegularFile node, ReadableFile file, FileStatus status, byte[] buffer)
                throws IOException, RepositoryException {
            if (status.sizeBytes() != node.content().sizeBytes()) {
                differs(path, Aspect.CONTENT, "it has another size");
                return;
            }
            long position = 0;
            var extents = new ExtentReader(source, node.content());
            for (var extent = extents.next(); extent != null; extent = extents.next()) {
                if (cancelled.getAsBoolean()) {
                    throw new RestoreCancelledException(false);
                }
                if (!matches(file, position, extent, buffer)) {
                    differs(path, Aspect.CONTENT, "its content differs at byte " + position);
                    return;
                }
                position += extent.lengthBytes();
            }
            listener.done(path, position);
        }

        private boolean matches(ReadableFile file, long position, Extent extent, byte[] buffer) throws IOException {
            return switch (extent) {
                case Extent.Chunk(var id, int length) ->
                    length <= buffer.length
                            && file.read(position, buffer, 0, length) == length
                            && repository.idOf(buffer, 0, length).equals(id);
                case Extent.Hole(long lengthBytes) -> readsAsZeros(file, position, lengthBytes, buffer);
            };
        }

        private boolean readsAsZeros(ReadableFile file, long start, long lengthBytes, byte[] buffer)
                throws IOException {
            long end = start + lengthBytes;
            long position = start;
            while (position < end) {
                long data = file.nextData(position);
                if (data < 0 || data >= end) {
                    return true;
                }
                position = data;
                int count = file.read(position, buffer, 0, (int) Math.min(buffer.length, end - position));
                for (int i = 0; i < count; i++) {
                    if (buffer[i] != 0) {
                        return false;
                    }
                }
                if (count == 0) {
                    return false;
                }
                position += count;
            }
            return true;
        }

        private void compareMetadata(FilePath path, AttributeTarget actual, FileStatus status, Node node)
                throws IOException {
            var expected = node.metadata();
            if (status.type() != node.type()) {
                differs(path, Aspect.CONTENT, "it is a " + status.type() + ", not a " + node.type());
                return;
            }
            if (status.uid() != owners.uid(expected.uid()) || status.gid() != owners.gid(expected.gid())) {
                differs(path, Aspect.OWNER, "it belongs to " + status.uid() + ":" + status.gid());
            }
            if (node.type() != FileType.SYMLINK && status.mode() != expected.mode()) {
                differs(path, Aspect.MODE, "its mode is 0" + Integer.toOctalString(status.mode()));
            }
            if (!status.modified().equals(expected.modified())) {
                differs(path, Aspect.TIME, "its modification time differs");
            }
            if (!actual.xattrs().equals(expected.xattrs())) {
                differs(path, Aspect.XATTR, "its extended attributes differ");
            }
            if (node instanceof Node.Device device
                    && (status.specialMajor() != device.major() || status.specialMinor() != device.minor())) {
                differs(path, Aspect.CONTENT, "it is another device");
            }
        }

        private void differs(FilePath path, Aspect aspect, String what) {
            if (!report.has(path, aspect)) {
                listener.problem(new RestoreProblem(path, aspect, "verification: " + what));
            }
        }

        void close() {
            comparisons.abandon();
            directories.forEach(SharedDirectory::release);
            target.release();
        }
    }
}
