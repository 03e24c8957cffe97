package dev.strandline.store.repository;

import static dev.strandline.store.frame.Payload.STANDS_FOR_ITSELF;

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
import org.jspecify.annotations.Nullable;

/** Reads chunks out of packs. Safe for use by several threads. */
final class PackChunkSource implements ChunkSource {
    /** Frames that follow each other in a pack are read together up to so many bytes. */
    private static final int MAX_READ_BYTES = 4 << 20;

    /** Differences that one task decodes. */
    private static final int DIFFERENCES_TOGETHER = 64;

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

    private record Wanted(ChunkId id, ChunkLocation location) {
        boolean isDifference() {
            return location.base().isPresent();
        }
    }

    /** A chunk that others may be encoded against. */
    record Base(ChunkId id, byte[] plain) {}

    @Override
    public byte[] read(ChunkId id) throws RepositoryException {
        return read(id, index.require(id));
    }

    private byte[] read(ChunkId id, ChunkLocation location) throws RepositoryException {
        return read(id, location, baseOf(id, location));
    }

    private byte[] read(ChunkId id, ChunkLocation location, byte[] base) throws RepositoryException {
        return intact(new Wanted(id, location), cache.frame(location, base));
    }

    private byte[] intact(Wanted wanted, byte[] frame) throws DamageException {
        var location = wanted.location;
        requireIntact(wanted.id, location, frame);
        return Arrays.copyOfRange(frame, location.chunkOffset(), location.chunkOffset() + location.length());
    }

    /** What a chunk's frame is encoded against; empty when it stands for itself. */
    private byte[] baseOf(ChunkId id, ChunkLocation location) throws RepositoryException {
        if (location.base().isEmpty()) {
            return STANDS_FOR_ITSELF;
        }
        var base = location.base().get();
        try {
            var baseLocation = index.require(base);
            if (baseLocation.base().isPresent()) {
                throw new DamageException(location.pack().toString(), "a base has a base itself");
            }
            return read(base, baseLocation);
        } catch (DamageException damage) {
            throw new DamageException(
                    "chunk " + id, "it is a difference from chunk " + base + ", and " + damage.getMessage());
        }
    }

    /**
     * The chunk itself or, when it is a difference, what it is a difference from, so that no chunk needs more than one
     * other. Null when it is not there, or damaged.
     */
    @Nullable
    Base base(ChunkId id) throws RepositoryException {
        try {
            var location = index.find(id);
            if (location != null && location.base().isPresent()) {
                return base(location.base().get());
            }
            return location == null ? null : new Base(id, read(id, location));
        } catch (DamageException _) {
            return null;
        }
    }

    @Override
    public boolean contains(ChunkId id) throws RepositoryException {
        return index.contains(id);
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
        var differences = sortedByBase(located);
        located.removeIf(Wanted::isDifference);
        located.sort(BY_PLACE);
        try (var pool = new WorkerPool<>("fetch", workerCount, () -> new OpenPacks(backend, key, index))) {
            for (int start = 0; start < located.size(); ) {
                int end = endOfRead(located, start);
                var together = List.copyOf(located.subList(start, end));
                pool.submit(packs -> read(together, packs, receiver));
                start = end;
            }
            for (int start = 0; start < differences.size(); start += DIFFERENCES_TOGETHER) {
                var some = differences.subList(start, Math.min(start + DIFFERENCES_TOGETHER, differences.size()));
                pool.submit(packs -> readDifferences(some, packs, receiver));
            }
            pool.awaitAll();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while chunks were fetched");
        }
    }

    /** In the order of their bases' places, so that each base is decoded once. */
    private List<Wanted> sortedByBase(List<Wanted> located) throws RepositoryException {
        record Based(Wanted wanted, Wanted base) {}
        var based = new ArrayList<Based>();
        for (var wanted : located) {
            if (wanted.isDifference()) {
                var base = wanted.location.base().orElseThrow();
                var place = index.find(base);
                based.add(new Based(wanted, place == null ? wanted : new Wanted(base, place)));
            }
        }
        based.sort(Comparator.comparing(Based::base, BY_PLACE).thenComparing(Based::wanted, BY_PLACE));
        return based.stream().map(Based::wanted).toList();
    }

    private void readDifferences(List<Wanted> some, OpenPacks packs, ChunkReceiver receiver)
            throws RepositoryException {
        Base base = null;
        for (var wanted : some) {
            byte[] chunk;
            try {
                // Those with the same base follow each other; it is checked once.
                var baseId = wanted.location.base().orElseThrow();
                if (base == null || !base.id.equals(baseId)) {
                    base = new Base(baseId, baseOf(wanted.id, wanted.location));
                }
                chunk = intact(wanted, packs.frame(wanted.location, base.plain));
            } catch (DamageException damage) {
                receiver.damaged(wanted.id, damage);
                continue;
            }
            receiver.accept(wanted.id, chunk, 0, chunk.length);
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

    private void read(List<Wanted> together, OpenPacks packs, ChunkReceiver receiver) throws RepositoryException {
        var first = together.getFirst().location;
        var last = together.getLast().location;
        int length = (int) (last.frameOffset() + last.sealedLength() - first.frameOffset());
        PackReader reader;
        byte[] sealed;
        try {
            reader = packs.reader(first.pack());
            sealed = backend.read(first.pack(), first.frameOffset(), length);
        } catch (DamageException damage) {
            if (together.getFirst().location.frameNumber() != last.frameNumber()) {
                // Some of the frames may be readable by themselves.
                for (var frame : byFrame(together)) {
                    read(frame, packs, receiver);
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
                    location.sealedLength(),
                    STANDS_FOR_ITSELF);
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
