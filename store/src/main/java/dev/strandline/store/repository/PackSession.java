package dev.strandline.store.repository;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.BaseHint;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.ChunkLane;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.tree.EncodedNode;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.backend.Objects;
import dev.strandline.store.catalog.Session;
import dev.strandline.store.catalog.SmallObjects;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.format.ObjectHeader;
import dev.strandline.store.format.ObjectType;
import dev.strandline.store.format.PackEntry;
import dev.strandline.store.format.SealedObject;
import dev.strandline.store.format.SegmentFormat;
import dev.strandline.store.format.SegmentFormat.PackListing;
import dev.strandline.store.format.SessionMark;
import dev.strandline.store.format.SnapshotFormat;
import dev.strandline.store.frame.Payload;
import dev.strandline.store.pack.PackReader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * A run that adds a snapshot. Write order, each step durable before the next: packs, index segments, the snapshot
 * record. The record is the commit.
 */
final class PackSession implements SnapshotWriter {
    /** Chunks that one index segment lists at most, so that neither it nor this run's memory grows with the run. */
    private static final int MAX_SEGMENT_CHUNKS = 50_000;

    /** What a frame of its own costs a chunk: the tag, the entry, and the base's id, which doesn't compress. */
    private static final int OWN_FRAME_BYTES = 56;

    /** From so many new bytes on in a run, time counts more than size. */
    private static final long MUCH_BYTES = 32L << 20;

    /** After so many in a row that were not like what they were said to be, only every so-manyth is compared. */
    private static final int MAX_MISSES = 16;

    private final SmallObjects objects;
    private final Backend backend;
    private final MasterKey key;
    private final IndexSource index;
    private final FrameWriter frames;
    private final long packTargetBytes;
    private final SnapshotId id;
    private final Session session;
    private final List<Lane> lanes = new ArrayList<>(); // guarded by this
    private final Set<ChunkId> pending = ConcurrentHashMap.newKeySet();
    private final Set<ChunkId> treeChunks = ConcurrentHashMap.newKeySet();
    private volatile Presumption presumption;
    private final LongAdder addedBytes = new LongAdder();
    private final LongAdder storedBytes = new LongAdder();
    private final List<PackListing> unlisted = new ArrayList<>(); // guarded by this
    private final List<ObjectName> segments = new ArrayList<>(); // guarded by this
    private volatile boolean ended;

    private PackSession(SmallObjects objects, IndexSource index, long packTargetBytes, Session session) {
        this.objects = objects;
        this.backend = objects.backend();
        this.key = objects.key();
        this.index = index;
        this.frames = new FrameWriter(objects, packTargetBytes, this::published);
        this.packTargetBytes = packTargetBytes;
        this.id = session.id();
        this.session = session;
        this.presumption = new Presumption(index);
    }

    /** Begins a run; what it relies on from now on, no garbage collection takes away. */
    static PackSession begin(SmallObjects objects, IndexSource index, long packTargetBytes, Clock clock)
            throws RepositoryException {
        var session = Session.enter(objects, SessionMark.Role.WRITER, clock.instant());
        try {
            index.avoid(session.condemned());
            return new PackSession(objects, index, packTargetBytes, session);
        } catch (RepositoryException | RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    @Override
    public SnapshotId id() {
        return id;
    }

    @Override
    public synchronized ChunkLane openLane() {
        var lane = new Lane();
        lanes.add(lane);
        return lane;
    }

    @Override
    public ChunkSource stored() throws RepositoryException {
        return index.chunks();
    }

    @Override
    public boolean presume(byte[] recalled) throws RepositoryException {
        var recalledBefore = Presumption.of(recalled, index, backend, session.condemned());
        presumption = recalledBefore.orElse(presumption);
        return recalledBefore.isPresent();
    }

    @Override
    public boolean holds(EncodedNode file) throws RepositoryException {
        return presumption.holds(file);
    }

    @Override
    public byte[] recall() {
        return presumption.recall(treeChunks);
    }

    private final class Lane implements ChunkLane {
        private final Map<ChunkKind, FrameBuilder> begun = new EnumMap<>(ChunkKind.class);
        private int misses;

        @Override
        public ChunkId store(ChunkKind kind, byte[] data, int offset, int length, BaseHint hint)
                throws RepositoryException {
            if (ended) {
                throw new IllegalStateException("the session has ended");
            }
            var chunk = key.chunkId(data, offset, length);
            if (kind == ChunkKind.TREE) {
                treeChunks.add(chunk);
            }
            if (presumption.presumes(chunk)
                    || pending.contains(chunk)
                    || index.get().contains(chunk)
                    || !pending.add(chunk)) {
                return chunk;
            }
            addedBytes.add(length);
            if (!storeAsDifference(kind, chunk, data, offset, length, hint)) {
                begun.computeIfAbsent(kind, other -> new FrameBuilder(other, packTargetBytes))
                        .add(chunk, data, offset, length, PackSession.this::writeFrame);
            }
            return chunk;
        }

        @Override
        public boolean repeat(ChunkId treeChunk) throws RepositoryException {
            boolean known = presumption.repeats(treeChunk);
            if (known) {
                treeChunks.add(treeChunk);
            }
            return known;
        }

        /** Where something is said to be like the chunk, and often enough is. */
        private boolean storeAsDifference(
                ChunkKind kind, ChunkId chunk, byte[] data, int offset, int length, BaseHint hint)
                throws RepositoryException {
            if (misses >= MAX_MISSES && misses % MAX_MISSES != 0) {
                misses++;
                return false;
            }
            var like = hint.find();
            if (like == null) {
                return false;
            }
            boolean stored = storeDifference(kind, chunk, data, offset, length, like);
            misses = stored ? 0 : misses + 1;
            return stored;
        }

        void flush() throws RepositoryException {
            for (var frame : begun.values()) {
                frame.flush(PackSession.this::writeFrame);
            }
        }
    }

    /** Stores a chunk as a frame of its own, encoded against one that is stored; false when that gains too little. */
    private boolean storeDifference(ChunkKind kind, ChunkId chunk, byte[] data, int offset, int length, ChunkId like)
            throws RepositoryException {
        var base = index.chunks().base(like);
        if (base == null || !Payload.canBeBase(base.plain())) {
            return false;
        }
        byte[] difference = Payload.encode(data, offset, length, base.plain());
        int enough = 2 * (difference.length + OWN_FRAME_BYTES);
        if (enough > length || enough > Payload.encode(data, offset, length, Payload.Effort.LOW).length) {
            return false;
        }
        frames.writeDifference(kind, new PackEntry(chunk, length), difference, base.id(), base.plain());
        return true;
    }

    private void writeFrame(ChunkKind kind, List<PackEntry> chunks, byte[] plain, int length)
            throws RepositoryException {
        var effort = addedBytes.sum() < MUCH_BYTES ? Payload.Effort.HIGH : Payload.Effort.LOW;
        frames.write(kind, chunks, plain, length, effort);
    }

    /** From now on its chunks can be relied upon, by later runs too. */
    private void published(PackListing listing) throws RepositoryException {
        storedBytes.add(listing.sizeBytes());
        index.get().add(listing);
        for (var frame : listing.contents().frames()) {
            frame.chunks().forEach(chunk -> pending.remove(chunk.id()));
        }
        list(listing);
    }

    /** Puts a pack into the next segment, and writes that when it is long enough. */
    private synchronized void list(PackListing listing) throws RepositoryException {
        unlisted.add(listing);
        if (chunkCount(unlisted) >= MAX_SEGMENT_CHUNKS) {
            writeSegment();
        }
    }

    private static long chunkCount(List<PackListing> packs) {
        long count = 0;
        for (var listing : packs) {
            for (var frame : listing.contents().frames()) {
                count += frame.chunks().size();
            }
        }
        return count;
    }

    /** Lists the packs that no segment lists yet. */
    private synchronized void writeSegment() throws RepositoryException {
        var packs = List.copyOf(unlisted);
        unlisted.clear();
        var name = objects.newName(ObjectType.SEGMENT);
        publish(name, ObjectType.SEGMENT, SegmentFormat.encode(packs));
        segments.add(name);
        index.get().listed(names(packs), name);
    }

    private void publish(ObjectName name, ObjectType type, byte[] plain) throws RepositoryException {
        byte[] object = objects.seal(name, type, plain);
        if (!Objects.publish(backend, name, object)) {
            throw refused(name);
        }
        storedBytes.add(object.length);
    }

    /** Whoever has the name of this run's snapshot is the garbage collection that lost patience. */
    private RepositoryException refused(ObjectName name) throws RepositoryException {
        if (name.kind() == ObjectKind.SNAPSHOT
                && ObjectHeader.isOf(ObjectType.FENCE, backend.readAll(name, SealedObject.MAX_BYTES))) {
            return new RefusedException(
                    "this run was ended by a garbage collection, because it had not come to an end for a day",
                    "Run it again; what it has stored so far is reused.");
        }
        throw new IllegalStateException("an object of this random id exists already: " + name);
    }

    @Override
    public void flush() throws RepositoryException {
        List<Lane> all;
        synchronized (this) {
            all = List.copyOf(lanes);
        }
        for (var lane : all) {
            lane.flush();
        }
        frames.flush();
        adoptUnlisted();
        synchronized (this) {
            // One pack is named by the record itself: a small run leaves two objects, not three.
            if (unlisted.size() > 1) {
                writeSegment();
            }
        }
    }

    private static List<ObjectName> names(List<PackListing> packs) {
        return packs.stream().map(PackListing::pack).toList();
    }

    /** Packs of runs that were interrupted become listed as well: their chunks may be in use from now on. */
    private void adoptUnlisted() throws RepositoryException {
        var opened = index.opened();
        if (opened.isEmpty()) {
            // Nothing was asked of it, so nothing relies on packs that no segment lists.
            return;
        }
        var reliable = opened.get().livePacks();
        for (var orphan : opened.get().unlisted()) {
            if (!reliable.contains(orphan)) {
                continue;
            }
            try {
                backend.confirm(orphan);
                var listing = PackReader.contents(backend, orphan, key);
                list(listing);
            } catch (DamageException damage) {
                if (backend.size(orphan).isPresent()) {
                    // The index knows it from when it was whole, so this run may rely on it. The next one shall not.
                    opened.get().distrust(orphan);
                    throw damage;
                }
            }
        }
    }

    @Override
    public long addedBytes() {
        return addedBytes.sum();
    }

    @Override
    public long storedBytes() {
        return storedBytes.sum();
    }

    @Override
    public synchronized void commit(SnapshotRecord record) throws RepositoryException {
        if (ended || !frames.isFlushed() || unlisted.size() > 1) {
            throw new IllegalStateException("a commit comes once, after a flush");
        }
        ended = true;
        var name = new ObjectName(ObjectKind.SNAPSHOT, id.hex());
        var named = names(unlisted);
        publish(name, ObjectType.SNAPSHOT, SnapshotFormat.encode(new SnapshotFormat.Stored(record, segments, named)));
        if (!named.isEmpty()) {
            index.get().listed(named, null);
        }
    }

    @Override
    public void close() {
        ended = true;
        try {
            frames.close();
        } finally {
            session.close();
        }
    }
}
