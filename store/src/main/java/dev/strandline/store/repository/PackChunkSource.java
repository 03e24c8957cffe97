package dev.strandline.store.repository;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.ChunkReceiver;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.work.WorkerPool;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.index.ChunkLocation;
import dev.strandline.store.pack.PackReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Reads chunks out of packs. Safe for use by several threads. */
final class PackChunkSource implements ChunkSource {
    /** Frames that follow each other in a pack are read together up to so many bytes. */
    private static final int MAX_READ_BYTES = 4 << 20;

    private static final Comparator<Wanted> BY_PLACE = Comparator.comparing((Wanted wanted) -> wanted.location.pack())
            .thenComparingLong(wanted -> wanted.location.frameOffset())
            .thenComparingInt(wanted -> wanted.location.chunkOffset());

    private final Backend backend;
    private final MasterKey key;
    private final ChunkIndex index;
    private final FrameCache cache;
    private final int workerCount;

    PackChunkSource(Backend backend, MasterKey key, ChunkIndex index, int workerCount) {
        this.backend = backend;
        this.key = key;
        this.index = index;
        this.cache = new FrameCache(backend, key);
        this.workerCount = workerCount;
    }

    private record Wanted(ChunkId id, ChunkLocation location) {}

    @Override
    public byte[] read(ChunkId id) throws RepositoryException {
        var location = index.require(id);
        byte[] frame = cache.frame(location);
        requireIntact(id, location, frame);
        return Arrays.copyOfRange(frame, location.chunkOffset(), location.chunkOffset() + location.length());
    }

    @Override
    public boolean contains(ChunkId id) throws RepositoryException {
        return index.find(id) != null;
    }

    @Override
    public void fetch(Collection<ChunkId> wanted, ChunkReceiver receiver) throws RepositoryException {
        var located = new ArrayList<Wanted>(wanted.size());
        for (var id : wanted) {
            try {
                located.add(new Wanted(id, index.require(id)));
            } catch (DamageException damage) {
                receiver.damaged(id, damage);
            }
        }
        located.sort(BY_PLACE);
        try (var pool = new WorkerPool<>("fetch", workerCount, Object::new)) {
            for (int start = 0; start < located.size(); ) {
                int end = endOfRead(located, start);
                var together = List.copyOf(located.subList(start, end));
                pool.submit(_ -> read(together, receiver));
                start = end;
            }
            pool.awaitAll();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while chunks were fetched");
        }
    }

    /** Where the chunks end that one read gets: the same pack, frames without gaps, not too much. */
    private static int endOfRead(List<Wanted> located, int start) {
        var first = located.get(start).location;
        long end = first.frameOffset() + first.sealedLength();
        int next = start + 1;
        while (next < located.size()) {
            var location = located.get(next).location;
            long locationEnd = location.frameOffset() + location.sealedLength();
            if (!location.pack().equals(first.pack())
                    || location.frameOffset() > end
                    || locationEnd - first.frameOffset() > MAX_READ_BYTES) {
                break;
            }
            end = Math.max(end, locationEnd);
            next++;
        }
        return next;
    }

    private void read(List<Wanted> together, ChunkReceiver receiver) throws RepositoryException {
        var first = together.getFirst().location;
        var last = together.getLast().location;
        int length = (int) (last.frameOffset() + last.sealedLength() - first.frameOffset());
        PackReader reader;
        byte[] sealed;
        try {
            reader = PackReader.open(backend, first.pack(), key);
            sealed = backend.read(first.pack(), first.frameOffset(), length);
        } catch (DamageException damage) {
            if (together.getFirst().location.frameNumber() != last.frameNumber()) {
                // Some of the frames may be readable by themselves.
                for (var frame : byFrame(together)) {
                    read(frame, receiver);
                }
            } else {
                together.forEach(wanted -> receiver.damaged(wanted.id, damage));
            }
            return;
        }
        for (var frame : byFrame(together)) {
            deliver(frame, reader, sealed, first.frameOffset(), receiver);
        }
    }

    private static List<List<Wanted>> byFrame(List<Wanted> together) {
        var frames = new ArrayList<List<Wanted>>();
        int start = 0;
        for (int i = 1; i <= together.size(); i++) {
            if (i == together.size()
                    || together.get(i).location.frameNumber()
                            != together.get(start).location.frameNumber()) {
                frames.add(together.subList(start, i));
                start = i;
            }
        }
        return frames;
    }

    private void deliver(
            List<Wanted> chunks, PackReader reader, byte[] sealed, long sealedOffset, ChunkReceiver receiver) {
        var location = chunks.getFirst().location;
        byte[] frame;
        try {
            frame = reader.open(
                    location.frameNumber(),
                    location.frameOffset(),
                    sealed,
                    (int) (location.frameOffset() - sealedOffset),
                    location.sealedLength());
        } catch (DamageException damage) {
            chunks.forEach(wanted -> receiver.damaged(wanted.id, damage));
            return;
        }
        for (var wanted : chunks) {
            try {
                requireIntact(wanted.id, wanted.location, frame);
            } catch (DamageException damage) {
                receiver.damaged(wanted.id, damage);
                continue;
            }
            receiver.accept(wanted.id, frame, wanted.location.chunkOffset(), wanted.location.length());
        }
    }

    private void requireIntact(ChunkId id, ChunkLocation location, byte[] frame) throws DamageException {
        ObjectName pack = location.pack();
        if (location.chunkOffset() + location.length() > frame.length) {
            throw new DamageException(
                    pack.toString(), "its frame " + location.frameNumber() + " is shorter than the index says");
        }
        if (!key.chunkId(frame, location.chunkOffset(), location.length()).equals(id)) {
            throw new DamageException(
                    pack.toString(),
                    "chunk " + id + " in its frame " + location.frameNumber() + " is not what was stored");
        }
    }
}
