package dev.strandline.core.history;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.tree.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for entries over all snapshots. Each snapshot is compared with the one before of the same place and host, so that
 * equal trees are read once and the cost follows the changes; memory is what was found. One use, one thread.
 */
public final class Occurrences {
    private static final Comparator<Occurrence> ORDER =
            Comparator.comparing(Occurrence::path).thenComparing(Occurrence::first, Snapshot.BY_TIME);

    private final ChunkSource source;
    private final FilePath scope;
    private final Criterion criterion;
    private final BiConsumer<Snapshot, DamageException> damages;
    private final Map<Place, Series> series = new HashMap<>();
    private final List<Occurrence> found = new ArrayList<>();

    /** Says what is looked for; asked once for each version of each entry. */
    public interface Criterion {
        boolean isMet(FilePath path, Node node) throws RepositoryException;
    }

    /**
     * An entry that was the same in some snapshots that follow each other; directories count as the same whatever is in
     * them.
     *
     * @param count of the snapshots from {@code first} to {@code last} that have it
     */
    public record Occurrence(FilePath path, Node node, Snapshot first, Snapshot last, int count) {}

    /** What snapshots have in common that are compared with each other. */
    private record Place(String host, FilePath root) {}

    /** The snapshots of one place so far. */
    private static final class Series {
        final Map<FilePath, Live> live = new TreeMap<>();

        @Nullable
        Node node;

        @Nullable
        Snapshot last;

        int count;
    }

    private record Live(Node node, Snapshot first, int firstNumber) {}

    /**
     * @param scope only what is at or below it
     * @param damages told of trees that can't be read; what changed in them in that snapshot is not known
     */
    public Occurrences(
            ChunkSource source, FilePath scope, Criterion criterion, BiConsumer<Snapshot, DamageException> damages) {
        this.source = source;
        this.scope = scope;
        this.criterion = criterion;
        this.damages = damages;
    }

    /** All occurrences in order of their paths; {@code snapshots} come oldest first. */
    public List<Occurrence> in(List<Snapshot> snapshots) throws RepositoryException {
        for (var snapshot : snapshots) {
            var record = snapshot.record();
            for (var root : record.roots()) {
                follow(new Place(record.hostname(), root.path()), root.node(), snapshot);
            }
            for (var absent : record.absent()) {
                follow(new Place(record.hostname(), absent), null, snapshot);
            }
        }
        for (var ended : series.values()) {
            ended.live.forEach((path, live) -> end(ended, path, live));
        }
        found.sort(ORDER);
        return merged(found);
    }

    /** The same entry as captured with different places, where the times overlap, is one. */
    private static List<Occurrence> merged(List<Occurrence> sorted) {
        var merged = new ArrayList<Occurrence>();
        for (var next : sorted) {
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && isContinued(last, next)) {
                var end = Snapshot.BY_TIME.compare(last.last, next.last) < 0 ? next.last : last.last;
                merged.set(
                        merged.size() - 1,
                        new Occurrence(last.path, last.node, last.first, end, last.count + next.count));
            } else {
                merged.add(next);
            }
        }
        return List.copyOf(merged);
    }

    private static boolean isContinued(Occurrence last, Occurrence next) {
        return last.path.equals(next.path)
                && last.node.equals(next.node)
                && last.first.record().hostname().equals(next.first.record().hostname())
                && Snapshot.BY_TIME.compare(next.first, last.last) <= 0;
    }

    private void follow(Place place, @Nullable Node node, Snapshot snapshot) throws RepositoryException {
        if (!place.root.startsWith(scope) && !scope.startsWith(place.root)) {
            return;
        }
        var current = series.computeIfAbsent(place, _ -> new Series());
        new SnapshotDifference(source, change -> meet(current, change, snapshot))
                .within(scope)
                .passingOver(damage -> damages.accept(snapshot, damage))
                .between(only(place.root, current.node), only(place.root, node));
        current.node = node;
        current.last = snapshot;
        current.count++;
    }

    private static Map<FilePath, Node> only(FilePath path, @Nullable Node node) {
        return node == null ? Map.of() : Map.of(path, node);
    }

    private void meet(Series current, Change change, Snapshot snapshot) throws RepositoryException {
        switch (change) {
            case Change.Added(var path, var node) -> begin(current, path, node, snapshot);
            case Change.Removed(var path, var _) -> {
                // What could not be read is missing from the tree, and says nothing.
                if (snapshot.record().problems().stream().noneMatch(problem -> path.startsWith(problem.path()))) {
                    end(current, path);
                }
            }
            case Change.Modified(var _, Node.Directory _, Node.Directory _) -> {}
            case Change.Modified(var path, var _, var after) -> begin(current, path, after, snapshot);
        }
    }

    private void begin(Series current, FilePath path, Node node, Snapshot snapshot) throws RepositoryException {
        var live = current.live.get(path);
        if (live != null && live.node.equals(node)) {
            return;
        }
        end(current, path);
        if (criterion.isMet(path, node)) {
            current.live.put(path, new Live(node, snapshot, current.count));
        }
    }

    private void end(Series current, FilePath path) {
        var live = current.live.remove(path);
        if (live != null) {
            end(current, path, live);
        }
    }

    private void end(Series current, FilePath path, Live live) {
        var last = current.last == null ? live.first : current.last;
        found.add(new Occurrence(path, live.node, live.first, last, Math.max(1, current.count - live.firstNumber)));
    }
}
