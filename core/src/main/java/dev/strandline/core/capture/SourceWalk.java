package dev.strandline.core.capture;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.SharedDirectory;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.Metadata;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks the captured paths depth first, names in order, on a thread of its own: lists, looks, leaves out, and hands over
 * what it saw in that order. It runs ahead of whoever takes that by a bounded number of entries and of open directories.
 * Started, taken from and closed by one thread.
 */
final class SourceWalk implements AutoCloseable {
    /** Sightings handed over at once: enough to hide the hand-over. */
    private static final int TOGETHER = 128;

    /** Hand-overs that wait. */
    private static final int QUEUED = 16;

    /** Directories that the walk has left and nobody has dealt with yet: each holds a descriptor. */
    private static final int MAX_LEFT = 64;

    private final HostFileSystem host;
    private final CaptureOptions options;
    private final CaptureProgress progress;
    private final BooleanSupplier cancelled;
    private final Selection selection;
    private final BlockingQueue<List<Sighting>> queue = new ArrayBlockingQueue<>(QUEUED);
    private final Semaphore mayLeave = new Semaphore(MAX_LEFT);
    private final Set<SharedDirectory> held = ConcurrentHashMap.newKeySet();
    private final Deque<Level> levels = new ArrayDeque<>(); // the walk's
    private List<Sighting> sightings = new ArrayList<>(TOGETHER); // the walk's
    private final Thread thread;
    private volatile @Nullable Throwable failure;
    private volatile boolean stopped;

    /** A directory that the walk is in, and what it has still to look at. */
    private static final class Level {
        final DirectoryVisit visit;
        final List<FileName> names;
        int next;

        Level(DirectoryVisit visit, List<FileName> names) {
            this.visit = visit;
            this.names = names;
        }
    }

    private SourceWalk(
            HostFileSystem host, CaptureOptions options, CaptureProgress progress, BooleanSupplier cancelled) {
        this.host = host;
        this.options = options;
        this.progress = progress;
        this.cancelled = cancelled;
        this.selection = new Selection(options, event -> sightings.add(new Sighting.Told(event)));
        this.thread = Thread.ofPlatform().daemon().name("walk").unstarted(this::run);
    }

    static SourceWalk start(
            HostFileSystem host, CaptureOptions options, CaptureProgress progress, BooleanSupplier cancelled) {
        var walk = new SourceWalk(host, options, progress, cancelled);
        walk.thread.start();
        return walk;
    }

    /** Passes all that the walk sees to {@code observer}, until its end; rethrows what ended it early. */
    void passTo(Sighting.Observer observer) throws RepositoryException, InterruptedException {
        for (var some = queue.take(); !some.isEmpty(); some = queue.take()) {
            for (var sighting : some) {
                sighting.pass(observer);
                if (sighting instanceof Sighting.Left(var visit)) {
                    release(visit.directory());
                    mayLeave.release();
                } else if (sighting instanceof Sighting.Single single) {
                    release(single.parent());
                }
            }
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }

    private void release(SharedDirectory directory) {
        if (held.remove(directory)) {
            directory.release();
        }
    }

    private void run() {
        try {
            try {
                for (var source : options.outermost()) {
                    walk(source);
                }
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            handOver();
            queue.put(List.of());
        } catch (InterruptedException _) {
            // Only close() interrupts, and then nobody takes any more.
        }
    }

    private void see(Sighting sighting) throws InterruptedException {
        sightings.add(sighting);
        if (sightings.size() >= TOGETHER) {
            handOver();
        }
    }

    private void handOver() throws InterruptedException {
        if (!sightings.isEmpty()) {
            queue.put(sightings);
            sightings = new ArrayList<>(TOGETHER);
        }
    }

    private void walk(CaptureSource source) throws InterruptedException {
        var path = source.path();
        try {
            if (path.depth() == 0 || source.isReadElsewhere()) {
                enter(null, source, path, host.openDirectory(source.readFrom()));
            } else {
                walkFrom(new SharedDirectory(host.openDirectory(path.parent())), source);
            }
        } catch (FileOperationException e) {
            see(
                    source.optional() && e.errno() == Errno.ENOENT
                            ? new Sighting.Told(new CaptureEvent.Absent(path))
                            : new Sighting.Failed(path, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            see(new Sighting.Failed(path, String.valueOf(e.getMessage())));
        }
        while (!levels.isEmpty()) {
            if (stopped || cancelled.getAsBoolean()) {
                throw new CaptureCancelledException();
            }
            var level = levels.getLast();
            if (level.next == level.names.size()) {
                leave(level);
            } else {
                var name = level.names.get(level.next++);
                // The kernel may list a name twice while another process renames.
                if (level.next < 2 || !name.equals(level.names.get(level.next - 2))) {
                    look(level.visit, name);
                }
            }
        }
    }

    private void walkFrom(SharedDirectory parent, CaptureSource source) throws IOException, InterruptedException {
        var path = source.path();
        held.add(parent);
        boolean handedOver = false;
        try {
            var status = parent.get().status(path.name());
            progress.entryFound();
            if (status.type() == FileType.DIRECTORY) {
                enter(null, source, path, parent.get().openDirectory(path.name()));
            } else {
                handedOver = true;
                see(new Sighting.Single(parent, path, status));
            }
        } finally {
            if (!handedOver) {
                release(parent);
            }
        }
    }

    private void look(DirectoryVisit visit, FileName name) throws InterruptedException {
        progress.entryFound();
        try {
            var directory = visit.directory().get();
            var status = directory.status(name);
            if (selection.excludes(visit, name, status)) {
                return;
            }
            if (status.type() == FileType.DIRECTORY) {
                enter(visit, visit.source(), visit.pathOf(name), directory.openDirectory(name));
            } else {
                see(new Sighting.Met(visit, name, status));
            }
        } catch (FileOperationException e) {
            see(
                    e.errno() == Errno.ENOENT
                            ? new Sighting.Told(new CaptureEvent.Vanished(visit.pathOf(name)))
                            : new Sighting.Failed(visit.pathOf(name), String.valueOf(e.getMessage())));
        } catch (IOException e) {
            see(new Sighting.Failed(visit.pathOf(name), String.valueOf(e.getMessage())));
        }
    }

    private void enter(@Nullable DirectoryVisit parent, CaptureSource source, FilePath path, Directory directory)
            throws IOException, InterruptedException {
        boolean entered = false;
        try {
            var status = directory.status();
            if (parent == null && selection.isRepository(status, path)) {
                return;
            }
            var exclusion = selection.exclusionOf(
                    directory,
                    status,
                    path,
                    source,
                    parent == null ? status : parent.rootStatus(),
                    parent == null ? status : parent.status());
            if (exclusion.isPresent()) {
                see(new Sighting.Told(new CaptureEvent.Excluded(path, exclusion.get())));
                return;
            }
            var metadata = Metadata.of(status, FileReader.xattrs(directory.xattrs()), Optional.empty());
            var names = new ArrayList<>(directory.list());
            names.sort(null);
            var shared = new SharedDirectory(directory);
            var visit = new DirectoryVisit(parent, source, path, shared, status, metadata);
            held.add(shared);
            entered = true;
            levels.addLast(new Level(visit, names));
            see(new Sighting.Entered(visit));
        } finally {
            if (!entered) {
                directory.close();
            }
        }
    }

    private void leave(Level level) throws InterruptedException {
        levels.removeLast();
        sightings.add(new Sighting.Left(level.visit));
        if (!mayLeave.tryAcquire()) {
            handOver();
            mayLeave.acquire();
        }
        if (sightings.size() >= TOGETHER) {
            handOver();
        }
    }

    /** Stops the walk; nothing stays open. */
    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        held.forEach(SharedDirectory::release);
        held.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
