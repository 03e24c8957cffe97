package dev.strandline.core.restore;

import dev.strandline.core.browse.ExtentReader;
import dev.strandline.core.browse.TreeVisitor;
import dev.strandline.core.browse.TreeWalker;
import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkReceiver;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.restore.RestoreProblem.Aspect;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.LinkGroup;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes a {@link RestorePlan}. The walk makes directories, empty files and everything that has no content; the
 * chunks of many files are then fetched together, in whatever order the repository likes best, and written where they
 * belong. Memory is bounded by {@link #MAX_CHUNKS} chunks waited for and the groups of hard links.
 */
public final class Restorer {
    /** Files open at once, to stay well below common limits of descriptors. */
    private static final int MAX_FILES = 400;

    /** Places that wait for chunks, over all open files. */
    private static final int MAX_CHUNKS = 16_384;

    private static final byte[] DEFAULT_ACL = "system.posix_acl_default".getBytes(StandardCharsets.US_ASCII);

    private final HostFileSystem host;
    private final ChunkSource source;
    private final RestoreListener listener;
    private final BooleanSupplier cancelled;

    /** @param cancelled asked often; once true, the restore ends with a {@link RestoreCancelledException} */
    public Restorer(HostFileSystem host, ChunkSource source, RestoreListener listener, BooleanSupplier cancelled) {
        this.host = host;
        this.source = source;
        this.listener = listener;
        this.cancelled = cancelled;
    }

    /**
     * Restores; single entries that can't be made are told to the listener.
     *
     * @throws IOException when the target can't take any more, for example because it is full
     */
    public void execute(RestorePlan plan) throws RepositoryException, IOException {
        try (var target = TargetDirectory.create(host, plan.target())) {
            boolean inheritsAcls = target.xattrs().stream().anyMatch(x -> Arrays.equals(x.name(), DEFAULT_ACL));
            var run = new Run(plan, target, new MetadataWriter(listener, inheritsAcls));
            try {
                new TreeWalker(plan.tree(), source, new FilteredVisitor(plan.filter(), run)).walk(plan.source());
                run.finish();
            } finally {
                run.abandon();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Where a chunk's bytes go. */
    private record Destination(FileJob job, long position, int length) {}

    /** The first name of an inode that has several. */
    private record FirstName(
            FilePath path, FileStatus status, @Nullable FileJob job) {}

    private final class Run implements TreeVisitor, ChunkReceiver {
        private final RestorePlan plan;
        private final Directory target;
        private final MetadataWriter metadata;
        private final Deque<RestoringDirectory> directories = new ArrayDeque<>();
        private final Map<LinkGroup, FirstName> firstNames = new HashMap<>();
        private final Map<ChunkId, List<Destination>> wanted = new HashMap<>();
        private int filesWaiting;
        private int chunksWaiting;

        /** How many directories the walk is in that could not be made. */
        private int levelsLost;

        Run(RestorePlan plan, Directory target, MetadataWriter metadata) {
            this.plan = plan;
            this.target = target;
            this.metadata = metadata;
        }

        @Override
        public boolean enter(FilePath path, Node.@Nullable Directory node) {
            if (levelsLost > 0) {
                levelsLost++;
                return true;
            }
            try {
                var parent = directories.peek();
                var made = parent == null ? target : parent.get().createDirectory(path.name());
                directories.push(new RestoringDirectory(parent, path, made, node, metadata));
            } catch (IOException e) {
                failed(path, e);
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
                listener.done(path, 0);
            }
        }

        @Override
        public void damaged(FilePath directory, DamageException damage) {
            listener.problem(new RestoreProblem(directory, Aspect.DAMAGE, String.valueOf(damage.getMessage())));
        }

        @Override
        public void visit(FilePath path, Node node) throws RepositoryException {
            if (cancelled.getAsBoolean()) {
                throw new RestoreCancelledException();
            }
            if (levelsLost > 0) {
                listener.problem(new RestoreProblem(path, Aspect.CONTENT, "its directory could not be made"));
                return;
            }
            if (directories.isEmpty()) {
                // A single file is restored into the target, which keeps its own metadata.
                directories.push(new RestoringDirectory(null, TreeWalker.START, target, null, metadata));
            }
            try {
                var group = node.metadata().linkGroup();
                var first = group.map(firstNames::get).orElse(null);
                if (first == null) {
                    make(path, node);
                } else {
                    addName(path, first);
                }
            } catch (IOException e) {
                failed(path, e);
            }
        }

        private void make(FilePath path, Node node) throws IOException, RepositoryException {
            var parent = directories.element();
            var name = path.name();
            FileJob job = null;
            if (node instanceof Node.RegularFile regular) {
                var file = parent.get().createFile(name);
                job = new FileJob(path, parent, regular, file, plan.sparse(), metadata, listener);
            } else {
                switch (node) {
                    case Node.Symlink(var _, byte[] linkTarget) -> parent.get().createSymlink(name, linkTarget);
                    case Node.Device device ->
                        parent.get().createSpecial(name, device.type(), device.major(), device.minor());
                    case Node other -> parent.get().createSpecial(name, other.type(), 0, 0);
                }
                try (var entry = parent.get().openEntry(name)) {
                    metadata.write(path, entry, node);
                }
                listener.done(path, 0);
            }
            if (node.metadata().linkGroup().isPresent()) {
                var status = parent.get().status(name);
                firstNames.put(node.metadata().linkGroup().get(), new FirstName(path, status, job));
            }
            if (job != null) {
                await(job, (Node.RegularFile) node);
            }
        }

        /** Notes where the file's chunks go; large files have theirs fetched in between. */
        private void await(FileJob job, Node.RegularFile node) throws RepositoryException {
            filesWaiting++;
            long position = 0;
            try {
                var extents = new ExtentReader(source, node.content());
                for (var extent = extents.next(); extent != null; extent = extents.next()) {
                    if (extent instanceof Extent.Chunk(var id, int length)) {
                        job.expectChunk();
                        wanted.computeIfAbsent(id, _ -> new ArrayList<>(1)).add(new Destination(job, position, length));
                        if (++chunksWaiting >= MAX_CHUNKS) {
                            fetch();
                        }
                    }
                    position += extent.lengthBytes();
                }
                job.extentsComplete();
            } catch (DamageException damage) {
                job.damaged(damage);
            }
            if (filesWaiting >= MAX_FILES) {
                fetch();
            }
        }

        void fetch() throws RepositoryException {
            if (!wanted.isEmpty()) {
                source.fetch(List.copyOf(wanted.keySet()), this);
            }
            wanted.clear();
            filesWaiting = 0;
            chunksWaiting = 0;
        }

        @Override
        public void accept(ChunkId id, byte[] data, int offset, int length) {
            if (cancelled.getAsBoolean()) {
                throw new RestoreCancelledException();
            }
            for (var destination : wanted.getOrDefault(id, List.of())) {
                if (length == destination.length) {
                    destination.job.write(destination.position, data, offset, length);
                } else {
                    destination.job.damaged(new DamageException(
                            "chunk " + id, "it has " + length + " bytes where a file has " + destination.length));
                }
            }
        }

        @Override
        public void damaged(ChunkId id, DamageException damage) {
            wanted.getOrDefault(id, List.of()).forEach(destination -> destination.job.damaged(damage));
        }

        private void addName(FilePath path, FirstName first) throws IOException {
            var parent = directories.element();
            if (first.job != null && first.job.addName(path, parent, path.name())) {
                return;
            }
            var damage = first.job == null ? null : first.job.damage();
            if (damage != null) {
                listener.problem(new RestoreProblem(path, Aspect.DAMAGE, String.valueOf(damage.getMessage())));
                return;
            }
            link(parent.get(), path.name(), first);
            listener.done(path, 0);
        }

        /** Finds the first name again, component by component, and makes sure that it still is what was made. */
        private void link(Directory parent, FileName name, FirstName first) throws IOException {
            var chain = new ArrayDeque<Directory>();
            try {
                var directory = target;
                for (var step : first.path.parent().names()) {
                    directory = directory.openDirectory(step);
                    chain.push(directory);
                }
                directory.link(first.path.name(), parent, name);
                if (!parent.status(name).isSameFile(first.status)) {
                    parent.removeFile(name);
                    throw new IOException("the file it is a link to was replaced meanwhile");
                }
            } finally {
                chain.forEach(Directory::close);
            }
        }

        private void failed(FilePath path, IOException e) {
            if (e instanceof FileOperationException failure
                    && (failure.isOutOfSpace() || failure.errno() == Errno.EROFS)) {
                throw new UncheckedIOException(e);
            }
            listener.problem(new RestoreProblem(path, Aspect.CONTENT, String.valueOf(e.getMessage())));
        }

        /** Fetches what is left; only a single file leaves its directory on the stack. */
        void finish() throws RepositoryException {
            fetch();
            if (!directories.isEmpty()) {
                directories.pop().release();
            }
        }

        /** Lets go of what a restore that ended early still holds. */
        void abandon() {
            wanted.values().forEach(destinations -> destinations.forEach(destination -> destination.job.abandon()));
            directories.forEach(RestoringDirectory::abandon);
        }
    }
}
