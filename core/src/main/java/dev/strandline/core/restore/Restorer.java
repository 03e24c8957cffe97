package dev.strandline.core.restore;

import dev.strandline.core.browse.ExtentReader;
import dev.strandline.core.browse.TreeVisitor;
import dev.strandline.core.browse.TreeWalker;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.restore.RestoreProblem.Aspect;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.LinkGroup;
import dev.strandline.core.tree.Node;
import dev.strandline.core.work.WorkerPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes a {@link RestorePlan}. The walk makes directories and everything that has no content; files come in waves, one
 * of which is fetched and written while the walk fills the next. Memory is bounded by two waves and the groups of hard
 * links.
 */
public final class Restorer {
    private static final byte[] DEFAULT_ACL = "system.posix_acl_default".getBytes(StandardCharsets.US_ASCII);

    /** Descriptors that a wave may need: more would hardly make it larger, for it has its chunks by then. */
    private static final int MAX_DESCRIPTORS = 4096;

    private static final int MIN_DESCRIPTORS = 16;

    /** Descriptors for all else: index, packs, Java itself, the directories that the walk is in. */
    private static final int OTHER_DESCRIPTORS = 256;

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
            var run = new Run(plan, target, new MetadataWriter(listener, inheritsAcls, plan.owners()));
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

    /** The first name of an inode that has several. */
    private record FirstName(
            FilePath path, FileStatus status, @Nullable FileJob job) {}

    private final class Run implements TreeVisitor {
        private final RestorePlan plan;
        private final Directory target;
        private final MetadataWriter metadata;
        private final Deque<RestoringDirectory> directories = new ArrayDeque<>();
        private final Map<LinkGroup, FirstName> firstNames = new HashMap<>();
        private final WorkerPool<Object> fetching = new WorkerPool<>("restore", 1, Object::new);
        private final int descriptorsOfWave = descriptorsOfWave();
        private Wave fetched = newWave();
        private Wave filled = newWave();

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
            listener.problem(RestoreProblem.ofDamage(directory, damage));
        }

        @Override
        public void visit(FilePath path, Node node) throws RepositoryException {
            if (cancelled.getAsBoolean()) {
                throw new RestoreCancelledException(false);
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
            if (node instanceof Node.RegularFile regular) {
                makeFile(path, regular);
            } else {
                makeOther(path, node);
            }
        }

        private void makeFile(FilePath path, Node.RegularFile node) throws IOException, RepositoryException {
            var job = new FileJob(path, directories.element(), node, plan.sparse(), metadata, listener);
            if (node.metadata().linkGroup().isPresent() && job.create()) {
                rememberFirstName(path, node, job);
            }
            await(job, node);
        }

        private void makeOther(FilePath path, Node node) throws IOException {
            var parent = directories.element().get();
            var name = path.name();
            switch (node) {
                case Node.Symlink(var _, byte[] linkTarget) -> parent.createSymlink(name, linkTarget);
                case Node.Device device -> parent.createSpecial(name, device.type(), device.major(), device.minor());
                case Node other -> parent.createSpecial(name, other.type(), 0, 0);
            }
            try (var entry = parent.openEntry(name)) {
                metadata.write(path, entry, node);
            }
            listener.done(path, 0);
            rememberFirstName(path, node, null);
        }

        private void rememberFirstName(FilePath path, Node node, @Nullable FileJob job) throws IOException {
            var group = node.metadata().linkGroup();
            if (group.isPresent()) {
                var status = directories.element().get().status(path.name());
                firstNames.put(group.get(), new FirstName(path, status, job));
            }
        }

        /** Notes where the file's chunks go; those of a large file may come in several waves. */
        private void await(FileJob job, Node.RegularFile node) throws RepositoryException {
            boolean isOnly = node.content() instanceof ChunkStream.Direct(var all) && all.size() == 1;
            long position = 0;
            try {
                var extents = new ExtentReader(source, node.content());
                for (var extent = extents.next(); extent != null; extent = extents.next()) {
                    if (extent instanceof Extent.Chunk(var id, int length)) {
                        filled.expect(job, id, position, length, isOnly);
                        if (filled.isFull()) {
                            fetch();
                        }
                    }
                    position += extent.lengthBytes();
                }
                job.extentsComplete();
            } catch (DamageException damage) {
                job.damaged(damage);
            }
        }

        /** One wave is fetched while the next is filled, so each may have half of what the process may open. */
        private int descriptorsOfWave() {
            int half = (host.maxDescriptors() - OTHER_DESCRIPTORS) / 2;
            return Math.clamp(half, MIN_DESCRIPTORS, MAX_DESCRIPTORS);
        }

        private Wave newWave() {
            return new Wave(descriptorsOfWave, cancelled);
        }

        /** Has the filled wave fetched once the one before it has been. */
        private void fetch() throws RepositoryException {
            try {
                fetching.awaitAll();
                fetched = filled;
                filled = newWave();
                if (!fetched.isEmpty()) {
                    var wave = fetched;
                    fetching.submit(_ -> wave.fetchFrom(source));
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new RestoreCancelledException(false);
            }
        }

        private void addName(FilePath path, FirstName first) throws IOException {
            var parent = directories.element();
            if (first.job != null && first.job.addName(path, parent, path.name())) {
                return;
            }
            var problem = first.job == null ? null : first.job.problem();
            if (problem != null) {
                listener.problem(problem.at(path));
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
            listener.problem(RestoreProblem.ofContent(path, e));
        }

        /** Fetches what is left and waits for it; only a single file leaves its directory on the stack. */
        void finish() throws RepositoryException {
            fetch();
            fetch();
            if (!directories.isEmpty()) {
                directories.pop().release();
            }
        }

        /** Lets go of what a restore that ended early still holds. */
        void abandon() {
            fetching.close();
            fetched.abandon();
            filled.abandon();
            directories.forEach(RestoringDirectory::abandon);
        }
    }
}
