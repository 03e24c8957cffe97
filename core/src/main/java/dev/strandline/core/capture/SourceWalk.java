package dev.strandline.core.capture;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.SharedDirectory;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import dev.strandline.core.repository.RepositoryException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks the captured paths depth first, names in order, on a thread of its own: lists, looks, leaves out, and hands over
 * what it saw in that order. It runs ahead of whoever takes that by a bounded number of entries and of open directories.
 * Started, taken from and closed by one thread.
 */
final class SourceWalk implements AutoCloseable {
    private final HostFileSystem host;
    private final CaptureOptions options;
    private final CaptureProgress progress;
    private final BooleanSupplier cancelled;
    private final Selection selection;
    private final SightingQueue queue = new SightingQueue();
    private final Deque<Level> levels = new ArrayDeque<>(); // the walk's
    private @Nullable SharedDirectory parent; // the walk's: of the last captured path
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
        this.selection = new Selection(options, event -> queue.note(new Sighting.Told(event)));
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
        queue.passTo(observer);
        if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }

    private void run() {
        try {
            try {
                for (var outermost : options.outermost()) {
                    walk(outermost);
                }
                giveUpParent();
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            queue.end();
        } catch (InterruptedException _) {
            // Only close() interrupts, and then nobody takes any more.
        }
    }

    private void walk(CaptureOptions.Outermost outermost) throws InterruptedException {
        var source = outermost.source();
        var path = source.path();
        try {
            if (path.depth() == 0 || source.isReadElsewhere() || source.link() == SourceLink.FOLLOW) {
                enterSource(outermost, host.openDirectory(source.readFrom()));
            } else {
                walkFrom(parentOf(path), outermost);
            }
        } catch (IOException e) {
            queue.put(failed(source, e));
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
        if (outermost.inner() != null) {
            for (var missed : outermost.inner().missed()) {
                queue.put(missed(missed, path));
            }
        }
    }

    /** The directory that holds a captured path; the next path is likely to be in the same one. */
    private SharedDirectory parentOf(FilePath path) throws IOException, InterruptedException {
        var wanted = path.parent();
        if (parent == null || !parent.get().path().equals(wanted)) {
            giveUpParent();
            parent = new SharedDirectory(host.openDirectory(wanted));
            queue.hold(parent);
        }
        return parent;
    }

    private void giveUpParent() throws InterruptedException {
        if (parent != null) {
            queue.putLast(new Sighting.ParentLeft(parent));
            parent = null;
        }
    }

    private void walkFrom(SharedDirectory directory, CaptureOptions.Outermost outermost)
            throws IOException, InterruptedException {
        var path = outermost.source().path();
        var status = directory.get().status(path.name());
        progress.entryFound();
        if (status.type() == FileType.DIRECTORY) {
            enterSource(outermost, directory.get().openDirectory(path.name()));
        } else {
            queue.put(new Sighting.Single(directory, path, status));
            tellLink(outermost.source(), status);
        }
    }

    /** Of a source that is a symbolic link a person may think that what it leads to is saved. */
    private void tellLink(CaptureSource source, FileStatus status) throws InterruptedException {
        if (status.type() != FileType.SYMLINK || source.link() != SourceLink.TELL) {
            return;
        }
        queue.put(new Sighting.Told(new CaptureEvent.LinkKept(source.path())));
        try {
            host.openDirectory(source.path()).close();
        } catch (FileOperationException e) {
            if (e.errno() != Errno.ENOTDIR) { // which is a file, and there
                queue.put(new Sighting.Failed(source.path(), "what this symbolic link leads to: " + e.getMessage()));
            }
        } catch (IOException e) {
            queue.put(new Sighting.Failed(source.path(), "what this symbolic link leads to: " + e.getMessage()));
        }
    }

    private static Sighting failed(CaptureSource source, IOException e) {
        boolean missing = e instanceof FileOperationException failure && failure.errno() == Errno.ENOENT;
        return source.optional() && missing
                ? new Sighting.Told(new CaptureEvent.Absent(source.path()))
                : new Sighting.Failed(source.path(), String.valueOf(e.getMessage()));
    }

    /** Why the walk over {@code outer} has not come across a source that lies in there. */
    private Sighting missed(CaptureSource source, FilePath outer) {
        try {
            var above = outer;
            for (int depth = outer.depth(); depth < source.path().depth(); depth++) {
                var name = source.path().nameAt(depth);
                FileType type;
                try (var directory = host.openDirectory(above)) {
                    type = directory.status(name).type();
                }
                above = above.resolve(name);
                if (type == FileType.SYMLINK && depth + 1 < source.path().depth()) {
                    return new Sighting.Failed(
                            source.path(),
                            above.display() + ", on its way, is a symbolic link: name the path that it leads to");
                }
            }
            return new Sighting.Failed(
                    source.path(), "it is, or lies in, what is never captured: the repository or what belongs to it");
        } catch (IOException e) {
            return failed(source, e);
        }
    }

    private void look(DirectoryVisit visit, FileName name) throws InterruptedException {
        progress.entryFound();
        var named = visit.named() == null ? null : visit.named().at(name);
        var exclusions = selection.exclusions(visit, name);
        if (named == null && selection.excludesUnseen(visit, name, exclusions, false)) {
            return;
        }
        try {
            var directory = visit.directory().get();
            var status = directory.status(name);
            if (selection.isOwn(visit, name, status)) {
                return;
            }
            var scopes = selection.scopes(visit, name, status, exclusions);
            if (scopes.isEmpty() && named == null) {
                return;
            }
            var source = named == null ? null : named.source();
            if (named != null && source != null) {
                named.meet();
                if (source.link() == SourceLink.FOLLOW && status.type() == FileType.SYMLINK) {
                    enter(visit, name, scopes, named, host.openDirectory(source.path()));
                    return;
                }
                tellLink(source, status);
            }
            if (status.type() == FileType.DIRECTORY) {
                enter(visit, name, scopes, named, directory.openDirectory(name));
            } else if (!scopes.isEmpty() || source != null) {
                queue.put(new Sighting.Met(visit, name, status));
            }
        } catch (FileOperationException e) {
            if (e.errno() == Errno.ENOENT) {
                queue.put(new Sighting.Told(new CaptureEvent.Vanished(visit.pathOf(name))));
            } else if (named != null || !isOutUnreachable(visit, name, exclusions)) {
                queue.put(new Sighting.Failed(visit.pathOf(name), String.valueOf(e.getMessage())));
            }
        } catch (IOException e) {
            queue.put(new Sighting.Failed(visit.pathOf(name), String.valueOf(e.getMessage())));
        }
    }

    /**
     * Whether what can't be looked at is out all the same: for a pattern, or as a file system that is not to be entered, such
     * as one whose server has died.
     */
    private boolean isOutUnreachable(
            DirectoryVisit visit, FileName name, IgnoreRules.@Nullable Exclusion @Nullable [] exclusions)
            throws InterruptedException {
        if (selection.excludesUnseen(visit, name, exclusions, true)) {
            return true;
        }
        for (var scope : visit.scopes()) {
            if (!scope.source().oneFileSystem()) {
                return false;
            }
        }
        var directory = visit.directory().get();
        if (!directory.isMountPoint(name)) {
            return false;
        }
        var path = visit.pathOf(name);
        queue.note(new Sighting.Told(new CaptureEvent.Excluded(path, "another file system, which can't be reached")));
        try {
            var covered = directory.openCovered(name);
            enterEmpty(visit, path, covered);
        } catch (IOException _) {
            // Nobody sees the folder that is mounted over: it can't be kept.
        }
        return true;
    }

    private void enterSource(CaptureOptions.Outermost outermost, Directory directory)
            throws IOException, InterruptedException {
        var source = outermost.source();
        boolean entered = false;
        try {
            var status = directory.status();
            if (selection.isOwn(source.path(), status)) {
                queue.put(new Sighting.Failed(source.path(), "it belongs to Strandline and is never captured"));
                return;
            }
            var scopes = List.of(new Scope(source, status, 0));
            var names = sortedNames(directory);
            enter(DirectoryVisit.of(null, scopes, outermost.inner(), source.path(), directory, status), names);
            entered = true;
        } finally {
            if (!entered) {
                directory.close();
            }
        }
    }

    /** @param scopes of {@code parent}, those that take the directory in by its name */
    private void enter(
            DirectoryVisit parent, FileName name, List<Scope> scopes, @Nullable NamedPaths named, Directory directory)
            throws IOException, InterruptedException {
        var path = parent.pathOf(name);
        boolean entered = false;
        try {
            var status = directory.status();
            var left = new ArrayList<Scope>(scopes.size() + 1);
            Selection.@Nullable Reason reason = null;
            for (var scope : scopes) {
                var against = Selection.against(scope, directory, status, parent.status());
                if (against == null) {
                    left.add(scope);
                } else {
                    reason = against;
                }
            }
            if (named != null && named.source() != null) {
                left.add(new Scope(named.source(), status, parent.pathInRoot(name).length));
            }
            if (left.isEmpty() && reason != null) {
                queue.put(new Sighting.Told(new CaptureEvent.Excluded(path, reason.text())));
            }
            if (!left.isEmpty() || named != null) {
                // On the way to what was named, nothing else is taken.
                var names = left.isEmpty() && named != null ? named.names() : sortedNames(directory);
                enter(DirectoryVisit.of(parent, List.copyOf(left), named, path, directory, status), names);
                entered = true;
            } else if (reason != null && reason.isMount()) {
                // Where nobody lets us see the folder below, what is mounted stands for it.
                var covered = covered(parent, name);
                entered = covered.isEmpty();
                enterEmpty(parent, path, covered.orElse(directory));
            }
        } finally {
            if (!entered) {
                directory.close();
            }
        }
    }

    private static Optional<Directory> covered(DirectoryVisit parent, FileName name) {
        try {
            return Optional.of(parent.directory().get().openCovered(name));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Takes a folder as one without entries; closes it whatever happens. */
    private void enterEmpty(DirectoryVisit parent, FilePath path, Directory directory)
            throws IOException, InterruptedException {
        boolean entered = false;
        try {
            enter(DirectoryVisit.of(parent, List.of(), null, path, directory, directory.status()), List.of());
            entered = true;
        } finally {
            if (!entered) {
                directory.close();
            }
        }
    }

    private static List<FileName> sortedNames(Directory directory) throws IOException {
        var names = new ArrayList<>(directory.list());
        names.sort(null);
        return names;
    }

    private void enter(DirectoryVisit visit, List<FileName> names) throws InterruptedException {
        queue.hold(visit.directory());
        levels.addLast(new Level(visit, names));
        queue.put(new Sighting.Entered(visit));
    }

    private void leave(Level level) throws InterruptedException {
        levels.removeLast();
        queue.putLast(new Sighting.Left(level.visit));
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
        queue.releaseAll();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
