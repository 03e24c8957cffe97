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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Adds all that snapshots need to a live set. A directory that several share is walked once, whichever marking it was in, and
 * is not read when it is known where it leads; the others are fetched many together, in the order in which they are stored.
 * Memory is {@value #TOGETHER} directories and the ids of those that wait, about 100 bytes each. One thread.
 */
public final class Marker {
    /** How many directories are fetched together. */
    private static final int TOGETHER = 2048;

    private final ChunkSource source;
    private final LiveSet live;
    private final Runnable pulse;
    private final List<Single> waiting = new ArrayList<>(); // guarded by this
    private final List<ChunkStream> waitingLong = new ArrayList<>(); // guarded by this

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
                follow(references(root.node()), pulse);
            }
            for (var state : snapshot.record().systemState()) {
                follow(references(state.output()), pulse);
            }
            if (waitingCount() >= TOGETHER) {
                walkSome();
            }
        }
        while (waitingCount() > 0) {
            walkSome();
        }
    }

    private synchronized int waitingCount() {
        return waiting.size() + waitingLong.size();
    }

    private static List<Reference> references(Node node) {
        return switch (node) {
            case Node.Directory(var _, var entries) ->
                entries.sizeBytes() == 0 ? List.of() : List.of(new Reference.Directory(entries));
            case Node.RegularFile file ->
                file.content() instanceof ChunkStream.Indirect content
                        ? List.of(new Reference.LongFile(content))
                        : content(file.content());
            case Node.Symlink _, Node.Fifo _, Node.Socket _, Node.Device _ -> List.of();
        };
    }

    private static List<Reference> content(ChunkStream stream) {
        var chunks = new ArrayList<Reference>();
        if (stream instanceof ChunkStream.Direct(var extents)) {
            for (var extent : extents) {
                if (extent instanceof Extent.Chunk(var chunk, int _)) {
                    chunks.add(new Reference.Content(chunk));
                }
            }
        }
        return chunks;
    }

    /** Adds what references lead to, as far as that is known; what has to be read waits. */
    private void follow(Collection<Reference> references, Runnable whileFollowing) throws RepositoryException {
        var found = new ArrayDeque<Collection<Reference>>();
        found.push(references);
        while (!found.isEmpty()) {
            whileFollowing.run();
            for (var reference : found.pop()) {
                switch (reference) {
                    case Reference.Content(var chunk) -> live.add(chunk);
                    case Reference.LongFile(var content) -> enterFile(content);
                    case Reference.Directory(var entries) ->
                        enterDirectory(entries).ifPresent(found::push);
                }
            }
        }
    }

    private Optional<List<Reference>> enterDirectory(ChunkStream entries) throws RepositoryException {
        var only = entries.onlyChunk();
        if (only == null) {
            if (live.enter(entries)) {
                synchronized (this) {
                    waitingLong.add(entries);
                }
            }
            return Optional.empty();
        }
        if (!live.enter(only.id())) {
            return Optional.empty();
        }
        var known = live.references(only.id());
        if (known.isEmpty()) {
            synchronized (this) {
                waiting.add(new Single(only.id(), entries));
            }
        }
        return known;
    }

    /** Adds the chunks of a long file, and those of its list. */
    private void enterFile(ChunkStream.Indirect content) throws RepositoryException {
        var only = content.list().onlyChunk();
        if (only == null) {
            if (!live.enter(content)) {
                return;
            }
            addStored(content.list());
            readList(content, live::add);
            return;
        }
        if (!live.enter(only.id())) {
            return;
        }
        var known = live.references(only.id());
        if (known.isEmpty()) {
            var read = new LinkedHashSet<Reference>();
            readList(content, chunk -> read.add(new Reference.Content(chunk)));
            known = Optional.of(List.copyOf(read));
            live.learn(only.id(), known.get());
        }
        follow(known.get(), () -> {});
    }

    private interface ChunkReader {
        void accept(ChunkId chunk) throws RepositoryException;
    }

    private void readList(ChunkStream.Indirect content, ChunkReader reader) throws RepositoryException {
        var extents = new ExtentReader(source, content);
        for (var extent = extents.next(); extent != null; extent = extents.next()) {
            if (extent instanceof Extent.Chunk(var chunk, int _)) {
                reader.accept(chunk);
            }
        }
    }

    /** Adds the chunks of which a stream is made. */
    private void addStored(ChunkStream stream) throws RepositoryException {
        follow(
                stream instanceof ChunkStream.Indirect indirect
                        ? List.of(new Reference.LongFile(indirect))
                        : content(stream),
                () -> {});
    }

    /** The last that were met come first, so that few wait. */
    private void walkSome() throws RepositoryException {
        pulse.run();
        var entries = takeLong();
        if (entries != null) {
            addStored(entries);
            var reader = new TreeReader(source, entries);
            for (var entry = reader.next(); entry != null; entry = reader.next()) {
                follow(references(entry.node()), pulse);
            }
            return;
        }
        var streams = takeSome();
        var walk = new Walk(streams);
        source.fetch(streams.keySet(), walk);
        walk.rethrow();
    }

    private synchronized @Nullable ChunkStream takeLong() {
        return waitingLong.isEmpty() ? null : waitingLong.removeLast();
    }

    private synchronized Map<ChunkId, ChunkStream> takeSome() {
        var some = waiting.subList(Math.max(0, waiting.size() - TOGETHER), waiting.size());
        var streams = new HashMap<ChunkId, ChunkStream>();
        some.forEach(single -> streams.put(single.chunk, single.stream));
        some.clear();
        return streams;
    }

    /** Walks a directory that was read. */
    private void walk(ChunkId directory, TreeReader entries) throws RepositoryException {
        var read = new LinkedHashSet<Reference>();
        for (var entry = entries.next(); entry != null; entry = entries.next()) {
            read.addAll(references(entry.node()));
        }
        live.learn(directory, List.copyOf(read));
        follow(read, () -> {});
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
                walk(id, new TreeReader(new Fetched(id, data, offset, length), stream));
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
