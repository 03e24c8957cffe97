package dev.strandline.core.restore;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.browse.TreeVisitor;
import dev.strandline.core.browse.TreeWalker;
import dev.strandline.core.encoding.Sum;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what a restore will do, and refuses what would mix it with something else. Changes nothing. */
public final class RestorePlanner {
    private final HostFileSystem host;
    private final ChunkSource source;

    public RestorePlanner(HostFileSystem host, ChunkSource source) {
        this.host = host;
        this.source = source;
    }

    /** A snapshot whose roots are where a restore of {@code place} into {@code target} would have them. */
    public static Snapshot relocated(Snapshot snapshot, SnapshotTree.Place place, FilePath target) {
        var roots = switch (place) {
            case SnapshotTree.Place.Captured(var _, Node.Directory directory) ->
                List.of(new SnapshotRoot(target, directory));
            case SnapshotTree.Place.Captured(var path, var node) ->
                List.of(new SnapshotRoot(target.resolve(path.name()), node));
            case SnapshotTree.Place.Above(var path, var _) ->
                snapshot.record().roots().stream()
                        .filter(root -> root.path().startsWith(path))
                        .map(root -> new SnapshotRoot(target.resolve(root.path().relativeTo(path)), root.node()))
                        .toList();
        };
        return new Snapshot(snapshot.id(), snapshot.record().at(roots));
    }

    /** Whether a directory is there and holds something. */
    public boolean isUsed(FilePath target) throws IOException {
        try (var directory = host.openDirectory(target)) {
            return !directory.list().isEmpty();
        } catch (FileOperationException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Plans to restore what is at {@code path} of a snapshot.
     *
     * @throws RefusedException when the target holds something already or lies inside a captured folder
     */
    public RestorePlan plan(SnapshotTree tree, FilePath path, FilePath target, RestoreFilter filter, boolean sparse)
            throws RepositoryException, IOException {
        var place = tree.at(path);
        refuseUsedTarget(target);
        refuseTargetInsideSource(tree, target);
        var counter = new Counter();
        new TreeWalker(tree, source, new FilteredVisitor(filter, counter)).walk(place);
        return new RestorePlan(
                tree,
                place,
                target,
                filter,
                OwnerMap.byId(),
                sparse,
                counter.files,
                counter.directories,
                counter.others,
                counter.bytes,
                counter.damaged,
                counter.unstable);
    }

    private void refuseUsedTarget(FilePath target) throws RefusedException, IOException {
        try (var directory = host.openDirectory(target)) {
            var names = directory.list();
            if (!names.isEmpty()) {
                throw new RefusedException(
                        "the target " + target.display() + " is not empty: it holds "
                                + names.getFirst().display()
                                + (names.size() > 1 ? " and " + (names.size() - 1) + " more" : ""),
                        "Name an empty or a new directory as --target, or say what to do with --overwrite.");
            }
        } catch (FileOperationException e) {
            if (e.errno() == Errno.ENOTDIR) {
                throw new RefusedException(
                        "the target " + target.display() + " is not a directory",
                        "Name an empty or a new directory as --target.");
            }
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    /**
     * Else the next snapshot would capture the restored copy as well. The captured folder itself, when it is empty or gone,
     * is the very place to restore to.
     */
    public void refuseTargetInsideSource(SnapshotTree tree, FilePath target) throws RefusedException, IOException {
        for (var root : tree.snapshot().record().roots()) {
            if (!(root.node() instanceof Node.Directory) || root.path().depth() == 0) {
                continue;
            }
            var captured = statusOf(root.path());
            for (var path = target.parent(); captured != null && path.depth() > 0; path = path.parent()) {
                var status = statusOf(path);
                if (status != null && status.isSameFile(captured)) {
                    throw new RefusedException(
                            "the target " + target.display() + " lies inside "
                                    + root.path().display() + ", which the snapshot was taken of",
                            "Name a --target outside of it, so that later snapshots don't capture the copy.");
                }
            }
        }
    }

    private @Nullable FileStatus statusOf(FilePath path) {
        try (Directory directory = host.openDirectory(path)) {
            return directory.status();
        } catch (IOException _) {
            return null;
        }
    }

    private static final class Counter implements TreeVisitor {
        private long files;
        private long directories;
        private long others;
        private long bytes;
        private long damaged;
        private final List<FilePath> unstable = new ArrayList<>();

        @Override
        public boolean enter(FilePath path, Node.@Nullable Directory node) {
            directories++;
            return true;
        }

        @Override
        public void visit(FilePath path, Node node) {
            if (node instanceof Node.RegularFile file) {
                files++;
                bytes = Sum.saturated(bytes, file.content().sizeBytes());
                if (file.changedWhileRead() && unstable.size() < RestorePlan.MAX_UNSTABLE) {
                    unstable.add(path);
                }
            } else {
                others++;
            }
        }

        @Override
        public void damaged(FilePath directory, DamageException damage) {
            damaged++;
        }
    }
}
