package dev.strandline.core.history;

import dev.strandline.core.browse.TreeReader;
import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkReceiver;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.ChangedPaths;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the versions of one path. Trees are read only of snapshots whose record does not say that the path is as it was,
 * level by level, each distinct one once, so that the cost follows the number of versions. Where records don't say, it
 * follows how often the directories above the path have changed. One thread calls; chunks are read by several.
 */
public final class PathHistory {
    /** Trees of one level that are in memory at once. */
    private static final int MAX_TREES_TOGETHER = 2048;

    private final ChunkSource source;
    private final Consumer<DamageException> damages;

    /** @param damages told of each tree that can't be read; its snapshots are passed over */
    public PathHistory(ChunkSource source, Consumer<DamageException> damages) {
        this.source = source;
        this.damages = damages;
    }

    /**
     * What a path held in some snapshots of one host that follow each other.
     *
     * @param first and all up to {@code last} that captured the path
     * @param count how many these are
     * @param before what it held before, empty when nothing
     * @param nodes what it held, empty when nothing: the node of the path itself or, when that is above the captured
     *     places, of those below it
     */
    public record Version(
            Snapshot first, Snapshot last, int count, Map<FilePath, Node> before, Map<FilePath, Node> nodes) {
        public Version {
            before = Map.copyOf(before);
            nodes = Map.copyOf(nodes);
        }

        public boolean isGone() {
            return nodes.isEmpty();
        }
    }

    /** Where a search down a tree has come to: a node, or nothing, or trouble. */
    private record Reached(@Nullable Node node, boolean isDamaged) {
        static final Reached NOTHING = new Reached(null, false);
        static final Reached DAMAGE = new Reached(null, true);
    }

    /**
     * A snapshot, and what leads to the path in it.
     *
     * @param roots those that the path is in or that are in the path
     * @param isAsBefore whether the path is certainly the same as in the snapshot before of the same host
     */
    private record Step(Snapshot snapshot, List<SnapshotRoot> roots, boolean isAsBefore) {
        /** The root that the path is in. */
        Optional<SnapshotRoot> above(FilePath path) {
            return roots.stream().filter(root -> path.startsWith(root.path())).findFirst();
        }
    }

    /**
     * The versions of each host, in the order in which they began; snapshots that did not capture the path don't count.
     *
     * @param snapshots oldest first
     */
    public List<Version> versions(FilePath path, List<Snapshot> snapshots) throws RepositoryException {
        var steps = steps(path, snapshots);
        var reached = descend(path, steps);
        var current = new HashMap<String, Version>();
        var untold = new HashSet<String>();
        var versions = new ArrayList<Version>();
        for (var step : steps) {
            var snapshot = step.snapshot;
            var host = series(path, step);
            var last = current.get(host);
            boolean isAsBefore = step.isAsBefore && last != null && !untold.contains(host);
            if (step.isAsBefore && !isAsBefore) {
                // As it was in a snapshot that can't be read: looked for after all.
                reached.putAll(descend(path, List.of(new Step(snapshot, step.roots, false))));
            }
            var nodes = isAsBefore ? Objects.requireNonNull(last).nodes : nodes(path, step, reached);
            if (nodes == null) {
                untold.add(host);
                continue;
            }
            untold.remove(host);
            if (last != null && last.nodes.equals(nodes)) {
                current.put(host, new Version(last.first, snapshot, last.count + 1, last.before, last.nodes));
            } else if (last != null || !nodes.isEmpty()) {
                if (last != null) {
                    versions.add(last);
                }
                current.put(host, new Version(snapshot, snapshot, 1, last == null ? Map.of() : last.nodes, nodes));
            }
        }
        versions.addAll(current.values());
        versions.sort((a, b) -> Snapshot.BY_TIME.compare(a.first, b.first));
        return versions;
    }

    /** Snapshots are compared that are of one host and, above the captured places, of the same places. */
    private static String series(FilePath path, Step step) {
        String host = step.snapshot.record().hostname();
        return step.above(path).isPresent() || step.roots.isEmpty()
                ? host
                : step.roots.stream()
                        .map(root -> root.path().display())
                        .collect(Collectors.joining("\0", host + "\0", ""));
    }

    /** The snapshots that captured the path, or would have, had it been there. */
    private static List<Step> steps(FilePath path, List<Snapshot> snapshots) {
        int digest = ChangedPaths.digest(path);
        var before = new HashMap<String, Step>();
        var steps = new ArrayList<Step>();
        for (var snapshot : snapshots) {
            var record = snapshot.record();
            var roots = record.roots().stream()
                    .filter(root -> related(path, root.path()))
                    .toList();
            boolean isAbsent = roots.isEmpty() && record.absent().stream().anyMatch(place -> related(path, place));
            boolean isUnreadable = record.problems().stream().anyMatch(problem -> path.startsWith(problem.path()));
            if (isUnreadable || (roots.isEmpty() && !isAbsent)) {
                continue;
            }
            var step = new Step(snapshot, roots, false);
            var series = series(path, step);
            var last = before.get(series);
            step = new Step(snapshot, roots, last != null && isAsBefore(path, digest, last, snapshot, roots));
            steps.add(step);
            before.put(series, step);
        }
        return steps;
    }

    private static boolean isAsBefore(
            FilePath path, int digest, Step last, Snapshot snapshot, List<SnapshotRoot> roots) {
        // Of the directory above everything records say nothing: it has changed whenever anything has.
        boolean isToldByRecord = path.depth() > 0
                && snapshot.record().parent().equals(Optional.of(last.snapshot.id()))
                && snapshot.record().changes().isPresent()
                && !snapshot.record().changes().get().mayContain(digest);
        return isToldByRecord || SnapshotDifference.nodes(last.roots).equals(SnapshotDifference.nodes(roots));
    }

    /** Null when it can't be told. */
    private static @Nullable Map<FilePath, Node> nodes(FilePath path, Step step, Map<SnapshotRoot, Reached> reached) {
        var above = step.above(path);
        if (above.isEmpty()) {
            return SnapshotDifference.nodes(step.roots);
        }
        var end = reached.getOrDefault(above.get(), Reached.DAMAGE);
        if (end.isDamaged) {
            return null;
        }
        return end.node == null ? Map.of() : Map.of(path, end.node);
    }

    private static boolean related(FilePath one, FilePath other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    /** What each root leads to that the path is in. */
    private Map<SnapshotRoot, Reached> descend(FilePath path, List<Step> steps) throws RepositoryException {
        var series = steps.stream()
                .filter(step -> !step.isAsBefore)
                .flatMap(step -> step.above(path).stream())
                .distinct()
                .collect(Collectors.groupingBy(SnapshotRoot::path));
        var result = new HashMap<SnapshotRoot, Reached>();
        for (var roots : series.entrySet()) {
            var names = path.relativeTo(roots.getKey()).names();
            var ends = descend(roots.getValue().stream().map(SnapshotRoot::node).collect(Collectors.toSet()), names);
            roots.getValue().forEach(root -> result.put(root, ends.getOrDefault(root.node(), Reached.NOTHING)));
        }
        return result;
    }

    private Map<Node, Reached> descend(Set<Node> roots, List<FileName> names) throws RepositoryException {
        var reached = new HashMap<Node, Reached>();
        roots.forEach(root -> reached.put(root, new Reached(root, false)));
        for (var name : names) {
            var directories = new HashMap<ChunkStream, Node.Directory>();
            for (var end : reached.values()) {
                if (end.node instanceof Node.Directory directory) {
                    directories.put(directory.entries(), directory);
                }
            }
            var children = children(directories.values(), name);
            reached.replaceAll((_, end) -> end.isDamaged
                    ? end
                    : end.node instanceof Node.Directory directory
                            ? children.getOrDefault(directory.entries(), Reached.NOTHING)
                            : Reached.NOTHING);
        }
        return reached;
    }

    private Map<ChunkStream, Reached> children(Collection<Node.Directory> directories, FileName name)
            throws RepositoryException {
        var children = new HashMap<ChunkStream, Reached>();
        var all = List.copyOf(directories);
        for (int start = 0; start < all.size(); start += MAX_TREES_TOGETHER) {
            var some = all.subList(start, Math.min(start + MAX_TREES_TOGETHER, all.size()));
            var trees = fetch(some);
            for (var directory : some) {
                children.put(directory.entries(), child(trees, directory, name));
            }
        }
        return children;
    }

    /** The trees of one chunk, which most are, read in whatever order is cheapest; others are read when asked for. */
    private ChunkSource fetch(List<Node.Directory> directories) throws RepositoryException {
        var wanted = new HashSet<ChunkId>();
        for (var directory : directories) {
            if (directory.entries() instanceof ChunkStream.Direct(var extents)
                    && extents.size() == 1
                    && extents.getFirst() instanceof Extent.Chunk(var id, int _)) {
                wanted.add(id);
            }
        }
        var read = new ConcurrentHashMap<ChunkId, byte[]>();
        source.fetch(wanted, new ChunkReceiver() {
            @Override
            public void accept(ChunkId id, byte[] buffer, int offset, int length) {
                read.put(id, Arrays.copyOfRange(buffer, offset, offset + length));
            }

            @Override
            public void damaged(ChunkId id, DamageException damage) {
                // Found again, and told, when the chunk is asked for.
            }
        });
        return new ReadChunks(read, source);
    }

    private Reached child(ChunkSource trees, Node.Directory directory, FileName name) throws RepositoryException {
        try {
            return new Reached(TreeReader.child(trees, directory, name), false);
        } catch (DamageException damage) {
            damages.accept(damage);
            return Reached.DAMAGE;
        }
    }
}
