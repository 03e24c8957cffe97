package dev.strandline.store.repository;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.Inspection;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.StoredAmounts;
import dev.strandline.core.repository.StoredChunk;
import dev.strandline.core.work.WorkerPool;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.catalog.Generations;
import dev.strandline.store.catalog.SmallObjects;
import dev.strandline.store.catalog.SnapshotRecords;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.format.ConfigFormat;
import dev.strandline.store.format.FrameEntry;
import dev.strandline.store.format.KeySlotFormat;
import dev.strandline.store.format.ObjectHeader;
import dev.strandline.store.format.SegmentFormat.PackListing;
import dev.strandline.store.frame.Payload;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.pack.PackReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks at the objects of a repository one by one. */
final class PackInspection implements Inspection {
    private static final int MAX_TEXT_OBJECT_BYTES = 1 << 20;

    private final SmallObjects objects;
    private final Backend backend;
    private final MasterKey key;
    private final int workerCount;
    private final IndexSource index;

    /** @param index finds what frames are encoded against */
    PackInspection(SmallObjects objects, int workerCount, IndexSource index) {
        this.objects = objects;
        this.backend = objects.backend();
        this.key = objects.key();
        this.workerCount = workerCount;
        this.index = index;
    }

    private interface Look {
        void look() throws RepositoryException;
    }

    private static void attempt(Listener listener, Look look) throws RepositoryException {
        try {
            look.look();
        } catch (DamageException damage) {
            listener.damaged(damage);
        }
    }

    @Override
    public void structure(Listener listener) throws RepositoryException {
        attempt(listener, () -> ConfigFormat.decode(backend.readAll(ObjectName.CONFIG, MAX_TEXT_OBJECT_BYTES)));
        for (var slot : backend.list(ObjectKind.KEY)) {
            attempt(listener, () -> KeySlotFormat.decode(slot, backend.readAll(slot, MAX_TEXT_OBJECT_BYTES)));
        }
        var segments = new HashSet<>(backend.list(ObjectKind.SEGMENT));
        var packs = new HashSet<>(backend.list(ObjectKind.PACK));
        var listed = new HashSet<ObjectName>();
        var segmentsOfSnapshots = new ArrayList<List<ObjectName>>();
        // What records and segments name need only be there as long as no garbage collection has moved anything.
        boolean moved = hasMoved();
        for (var found : new SnapshotRecords(objects).readable(workerCount)) {
            listed.addAll(found.stored().packs());
            if (moved) {
                continue;
            }
            segmentsOfSnapshots.add(found.stored().segments());
            for (var pack : found.stored().packs()) {
                attempt(listener, () -> requireThere(pack, found.snapshot().id(), packs));
            }
        }
        for (var segment : segments) {
            attempt(listener, () -> {
                for (var listing : ChunkIndex.readSegment(backend, segment, key)) {
                    listed.add(listing.pack());
                    if (!moved || packs.contains(listing.pack())) {
                        requireListed(segment, listing, packs);
                    }
                }
            });
        }
        for (var needed : segmentsOfSnapshots) {
            attempt(listener, () -> {
                for (var segment : needed) {
                    if (!segments.contains(segment) && !listed.containsAll(packs)) {
                        throw new DamageException(
                                segment.toString(),
                                "it is missing, and packs that it listed are in no other segment"
                                        + " (their own footers still tell what they hold)");
                    }
                }
            });
        }
        for (var pack : packs) {
            try {
                PackReader.contents(backend, pack, key);
            } catch (DamageException damage) {
                listener.damaged(damage);
                listener.unlistable();
            }
            listener.progressed(0);
        }
    }

    /** Whether any garbage collection has come into force. */
    private boolean hasMoved() throws RepositoryException {
        return new Generations(objects).newest() > 0;
    }

    private static void requireThere(ObjectName pack, Object lister, Set<ObjectName> packs) throws DamageException {
        if (!packs.contains(pack)) {
            throw new DamageException(pack.toString(), "it is missing; " + lister + " lists it");
        }
    }

    private void requireListed(ObjectName segment, PackListing listing, Set<ObjectName> packs)
            throws RepositoryException {
        requireThere(listing.pack(), segment, packs);
        long size = backend.size(listing.pack()).orElse(0);
        if (size != listing.sizeBytes()) {
            throw new DamageException(
                    listing.pack().toString(), "it has " + size + " bytes instead of " + listing.sizeBytes());
        }
    }

    @Override
    public void data(double fraction, Listener listener) throws RepositoryException {
        var serial = new Listener() {
            @Override
            public synchronized void damaged(DamageException damage) {
                listener.damaged(damage);
            }

            @Override
            public synchronized void lost(ChunkId chunk) {
                listener.lost(chunk);
            }

            @Override
            public synchronized void unlistable() {
                listener.unlistable();
            }

            @Override
            public synchronized void progressed(long bytes) {
                listener.progressed(bytes);
            }
        };
        boolean moved = hasMoved();
        try (var pool = new WorkerPool<>("check", workerCount, Object::new)) {
            for (var pack : backend.list(ObjectKind.PACK)) {
                if (fraction >= 1 || objects.random().nextDouble() < fraction) {
                    pool.submit(_ -> readPack(pack, moved, serial));
                }
            }
            pool.awaitAll();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while packs were read");
        }
    }

    private void readPack(ObjectName pack, boolean moved, Listener listener) throws RepositoryException {
        PackReader reader;
        PackListing listing;
        try {
            reader = PackReader.open(backend, pack, key);
            listing = reader.contents();
        } catch (DamageException _) {
            // The look at the structure reports it.
            return;
        }
        long offset = ObjectHeader.BYTES;
        int number = 0;
        for (var frame : listing.contents().frames()) {
            long frameOffset = offset;
            int frameNumber = number;
            attempt(listener, () -> {
                try {
                    readFrame(reader, pack, frame, frameNumber, frameOffset);
                } catch (DamageException damage) {
                    frame.chunks().forEach(chunk -> listener.lost(chunk.id()));
                    // A run that died may have left what is encoded against something that was nobody's, and is freed
                    // by now;
                    // a snapshot that needs it is named all the same.
                    if (!moved || isComplete(frame)) {
                        throw damage;
                    }
                }
            });
            listener.progressed(frame.sealedLength());
            offset += frame.sealedLength();
            number++;
        }
    }

    private boolean isComplete(FrameEntry frame) throws RepositoryException {
        return frame.base().isEmpty() || index.chunks().contains(frame.base().get());
    }

    private void readFrame(PackReader reader, ObjectName pack, FrameEntry frame, int number, long offset)
            throws RepositoryException {
        byte[] base =
                frame.base().isPresent() ? index.chunks().read(frame.base().get()) : Payload.STANDS_FOR_ITSELF;
        byte[] plain = reader.frame(number, offset, frame.sealedLength(), base);
        int position = 0;
        for (var chunk : frame.chunks()) {
            if (position + chunk.length() > plain.length
                    || !key.chunkId(plain, position, chunk.length()).equals(chunk.id())) {
                throw new DamageException(
                        pack.toString(), "chunk " + chunk.id() + " in its frame " + number + " is not what was stored");
            }
            position += chunk.length();
        }
    }

    @Override
    public StoredAmounts amounts(StoredChunk.Receiver chunks) throws RepositoryException {
        return new PackAmounts(objects, workerCount).measure(chunks);
    }
}
