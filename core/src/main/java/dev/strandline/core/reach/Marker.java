package dev.strandline.core.reach;

import dev.strandline.core.browse.ExtentReader;
import dev.strandline.core.browse.TreeReader;
import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.ChunkReceiver;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Adds all that snapshots need to a live set. A directory that several share is walked once, whichever marking it was in;
 * many are fetched together, in the order in which they are stored. Memory is {@value #TOGETHER} directories and the ids of
 * those that wait, about 100 bytes each. One thread.
 */
public final class Marker {
    /** How many directories are fetched together. */
    private static final int TOGETHER = 2048;

    private final ChunkSource source;
    private final LiveSet live;
    private final Runnable pulse;
    private final List<Single> waiting = new ArrayList<>();
    private final Set<ChunkStream> longDirectories = new HashSet<>();
    private final List<ChunkStream> waitingLong = new ArrayList<>();
    private long directories;

    /** A directory that is one chunk, as nearly all are. */
    private record Single(ChunkId chunk, ChunkStream stream) {}

    /** @param pulse called every few milliseconds; what it throws ends the marking */
    public Marker(ChunkSource source, LiveSet live, Runnable pulse) {
        this.source = source;
        this.live = live;
        this.pulse = pulse;
    }

    /**
     * Adds what is needed by snapshots.
     *
     * @throws DamageException when anything can't be read: then what is in the live set is not all
     */
    public void mark(Collection<Snapshot> snapshots) throws RepositoryException {
        for (var snapshot : snapshots) {
            for (var root : snapshot.record().roots()) {
                meet(root.node());
            }
            for (var state : snapshot.record().systemState()) {
                meet(state.output());
            }
            if (waiting.size() >= TOGETHER) {
                walkSome();
            }
        }
        while (!waiting.isEmpty() || !waitingLong.isEmpty()) {
            walkSome();
        }
    }

    /** Directories walked so far. */
    public long directories() {
        return directories;
    }

    private void meet(Node node) throws RepositoryException {
        switch (node) {
            case Node.Directory(var _, var entries) -> meetDirectory(entries);
            case Node.RegularFile file -> add(file.content());
            case Node.Symlink _, Node.Fifo _, Node.Socket _, Node.Device _ -> {}
        }
    }

    private void meetDirectory(ChunkStream entries) throws RepositoryException {
        if (entries instanceof ChunkStream.Direct(var extents)
                && extents.size() == 1
                && extents.getFirst() instanceof Extent.Chunk(var chunk, int _)) {
            if (live.addDirectory(chunk)) {
                synchronized (waiting) {
                    waiting.add(new Single(chunk, entries));
                }
            }
            return;
        }
        synchronized (waiting) {
            if (!longDirectories.add(entries)) {
                return;
            }
            waitingLong.add(entries);
        }
        add(entries);
    }

    private void add(ChunkStream stream) throws RepositoryException {
        if (stream instanceof ChunkStream.Indirect(long _, var list)) {
            add(list);
        }
        var extents = new ExtentReader(source, stream);
        for (var extent = extents.next(); extent != null; extent = extents.next()) {
            if (extent instanceof Extent.Chunk(var chunk, int _)) {
                live.add(chunk);
            }
        }
    }

    /** The last that were met come first, so that few wait. */
    private void walkSome() throws RepositoryException {
        pulse.run();
        if (!waitingLong.isEmpty()) {
            var entries = waitingLong.removeLast();
            walk(new TreeReader(source, entries));
            directories++;
            return;
        }
        var some = waiting.subList(Math.max(0, waiting.size() - TOGETHER), waiting.size());
        var streams = new HashMap<ChunkId, ChunkStream>();
        some.forEach(single -> streams.put(single.chunk, single.stream));
        some.clear();
        var walk = new Walk(streams);
        source.fetch(streams.keySet(), walk);
        walk.rethrow();
        directories += streams.size();
    }

    private void walk(TreeReader entries) throws RepositoryException {
        for (var entry = entries.next(); entry != null; entry = entries.next()) {
            meet(entry.node());
        }
    }

    /** Walks directories as they are fetched, on the threads that fetch them. */
    private final class Walk implements ChunkReceiver {
        private final Map<ChunkId, ChunkStream> streams;
        private final AtomicReference<@Nullable RepositoryException> failure = new AtomicReference<>();

        Walk(Map<ChunkId, ChunkStream> streams) {
            this.streams = streams;
        }

        @Override
        public void accept(ChunkId id, byte[] data, int offset, int length) {
            if (failure.get() != null) {
                return;
            }
            try {
                var stream = streams.get(id);
                if (stream == null) {
                    throw new IllegalStateException("chunk " + id + " was not asked for");
                }
                walk(new TreeReader(new Fetched(id, data, offset, length), stream));
            } catch (RepositoryException e) {
                failure.compareAndSet(null, e);
            }
        }

        @Override
        public void damaged(ChunkId id, DamageException damage) {
            failure.compareAndSet(null, damage);
        }

        void rethrow() throws RepositoryException {
            var first = failure.get();
            if (first != null) {
                throw first;
            }
        }
    }

    /** The one chunk of a directory that was fetched. */
    private final class Fetched implements ChunkSource {
        private final ChunkId id;
        private final byte[] data;
        private final int offset;
        private final int length;

        Fetched(ChunkId id, byte[] data, int offset, int length) {
            this.id = id;
            this.data = data;
            this.offset = offset;
            this.length = length;
        }

        @Override
        public byte[] read(ChunkId chunk) throws RepositoryException {
            return chunk.equals(id) ? Arrays.copyOfRange(data, offset, offset + length) : source.read(chunk);
        }

        @Override
        public void fetch(Collection<ChunkId> wanted, ChunkReceiver receiver) throws RepositoryException {
            source.fetch(wanted, receiver);
        }

        @Override
        public boolean contains(ChunkId chunk) throws RepositoryException {
            return source.contains(chunk);
        }
    }
}
