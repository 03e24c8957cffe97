package dev.strandline.core.report;

import dev.strandline.core.browse.TreeReader;
import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.report.Ownership.Place;
import dev.strandline.core.report.WaitingDirectories.Directory;
import dev.strandline.core.repository.ChunkReceiver;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Entry;
import dev.strandline.core.tree.Node;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks the trees of all snapshots to find out who holds what. A directory that several snapshots share is walked once when
 * that is known in time, else twice, however many they are: level by level, and many together, in the order in which they
 * are stored. Memory is about 60 bytes for each chunk of the repository and 100 for each directory that waits. One use, one
 * thread; chunks are fetched by several.
 */
final class HoldingsWalk {
    /** How many directories are fetched together. */
    private static final int TOGETHER = 2048;

    private final ChunkSource source;
    private final Ownership ownership;
    private final WaitingDirectories waiting;
    private final Function<String, String> kinds;
    private final Consumer<DamageException> damages;
    private final Map<FilePath, FolderTally> roots = new TreeMap<>();
    private final FolderTally beside = new FolderTally(FilePath.ROOT);

    /**
     * @param table all chunks of the repository
     * @param kinds what kind a file is of, by its name
     * @param damages told what can't be read, which then is held by nobody; by one thread at a time
     */
    HoldingsWalk(
            ChunkSource source, ChunkTable table, Function<String, String> kinds, Consumer<DamageException> damages) {
        this.source = source;
        this.ownership = new Ownership(source, table);
        this.waiting = new WaitingDirectories(table.marks());
        this.kinds = kinds;
        this.damages = damages;
    }

    /** What snapshots hold, which are all that there are. */
    Holdings of(List<Snapshot> snapshots) throws RepositoryException {
        int owner = 0;
        for (var snapshot : snapshots) {
            owner++;
            meet(snapshot.record(), owner);
        }
        boolean isWalking = true;
        while (isWalking) {
            isWalking = walkSome();
        }
        var shares = roots.values().stream()
                .map(FolderTally::share)
                .sorted(Comparator.comparingLong(FolderShare::storedBytes)
                        .reversed()
                        .thenComparing(FolderShare::path))
                .toList();
        return ownership.holdings(snapshots, shares);
    }

    private void meet(SnapshotRecord record, int owner) throws RepositoryException {
        for (var root : record.roots()) {
            var folder = roots.computeIfAbsent(root.path(), FolderTally::new);
            switch (root.node()) {
                case Node.Directory(var _, var entries) -> meetDirectory(entries, owner, folder);
                case Node.RegularFile(var _, var content, boolean _) ->
                    own(
                            content,
                            owner,
                            new Place(folder, kinds.apply(root.path().name().display())));
                case Node.Symlink _, Node.Fifo _, Node.Socket _, Node.Device _ -> {}
            }
        }
        for (var state : record.systemState()) {
            own(state.output().content(), owner, new Place(beside, Holdings.STATE));
        }
    }

    private void meet(Entry entry, Directory in) throws RepositoryException {
        switch (entry.node()) {
            case Node.Directory(var _, var entries) ->
                meetDirectory(entries, in.owner(), in.folder().folder(entry.name()));
            case Node.RegularFile(var _, var content, boolean _) ->
                own(
                        content,
                        in.owner(),
                        new Place(in.folder(), kinds.apply(entry.name().display())));
            case Node.Symlink _, Node.Fifo _, Node.Socket _, Node.Device _ -> {}
        }
    }

    private void own(ChunkStream content, int owner, Place place) throws RepositoryException {
        try {
            ownership.own(content, owner, place);
        } catch (DamageException damage) {
            tell(damage);
        }
    }

    private void meetDirectory(ChunkStream entries, int owner, FolderTally folder) throws RepositoryException {
        var chunk = entries.onlyChunk();
        if (chunk == null) {
            waiting.meet(entries, owner, folder);
            return;
        }
        try {
            int number = ownership.number(chunk.id());
            ownership.own(number, owner, new Place(folder, Holdings.TREES));
            waiting.meet(number, chunk, owner, folder);
        } catch (DamageException damage) {
            tell(damage);
        }
    }

    /** False when nothing waited. */
    private boolean walkSome() throws RepositoryException {
        var longOne = waiting.takeLong();
        if (longOne != null) {
            own(longOne.entries(), longOne.owner(), new Place(longOne.folder(), Holdings.TREES));
            walk(source, longOne);
            return true;
        }
        var some = new HashMap<ChunkId, Directory>();
        for (var directory : waiting.take(TOGETHER)) {
            some.put(Objects.requireNonNull(directory.entries().onlyChunk()).id(), directory);
        }
        if (some.isEmpty()) {
            return false;
        }
        var walk = new Walk(some);
        source.fetch(some.keySet(), walk);
        walk.rethrow();
        return true;
    }

    private void walk(ChunkSource from, Directory directory) throws RepositoryException {
        try {
            var entries = new TreeReader(from, directory.entries());
            for (var entry = entries.next(); entry != null; entry = entries.next()) {
                meet(entry, directory);
            }
        } catch (DamageException damage) {
            tell(damage);
        }
    }

    private synchronized void tell(DamageException damage) {
        damages.accept(damage);
    }

    /** Walks directories as they are fetched, on the threads that fetch them. */
    private final class Walk implements ChunkReceiver {
        private final Map<ChunkId, Directory> directories;
        private final AtomicReference<@Nullable RepositoryException> failure = new AtomicReference<>();

        Walk(Map<ChunkId, Directory> directories) {
            this.directories = directories;
        }

        @Override
        public void accept(ChunkId id, byte[] data, int offset, int length) {
            try {
                byte[] tree = Arrays.copyOfRange(data, offset, offset + length);
                walk(new FetchedChunk(id, tree, source), Objects.requireNonNull(directories.get(id)));
            } catch (RepositoryException e) {
                failure.compareAndSet(null, e);
            }
        }

        @Override
        public void damaged(ChunkId id, DamageException damage) {
            tell(damage);
        }

        void rethrow() throws RepositoryException {
            var first = failure.get();
            if (first != null) {
                throw first;
            }
        }
    }
}
