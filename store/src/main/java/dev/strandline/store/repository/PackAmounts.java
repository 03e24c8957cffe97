package dev.strandline.store.repository;

import dev.strandline.core.encoding.Sum;
import dev.strandline.core.repository.ChunkTally;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.StoredAmounts;
import dev.strandline.core.repository.StoredChunk;
import dev.strandline.core.work.WorkerPool;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.catalog.SmallObjects;
import dev.strandline.store.format.FrameEntry;
import dev.strandline.store.format.SegmentFormat.PackListing;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.pack.PackReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Adds up what packs hold, from index segments, which are few, and from the footers of packs that no segment lists. What
 * can't be read counts with its size alone.
 */
final class PackAmounts {
    /** How many packs a task reads. */
    private static final int TOGETHER = 64;

    private static final List<ObjectKind> OTHERS =
            List.of(ObjectKind.KEY, ObjectKind.FORGOTTEN, ObjectKind.GENERATION, ObjectKind.SETTLED);

    private final SmallObjects objects;
    private final Backend backend;
    private final int workerCount;
    private final ChunkTally tally = new ChunkTally(); // guarded by this

    PackAmounts(SmallObjects objects, int workerCount) {
        this.objects = objects;
        this.backend = objects.backend();
        this.workerCount = workerCount;
    }

    /** @param chunks told each chunk */
    StoredAmounts measure(StoredChunk.Receiver chunks) throws RepositoryException {
        var packs = backend.list(ObjectKind.PACK);
        var segments = backend.list(ObjectKind.SEGMENT);
        var snapshots = new ArrayList<>(backend.list(ObjectKind.SNAPSHOT));
        snapshots.addAll(backend.list(ObjectKind.BUNDLE));
        var untold = new HashSet<>(packs);
        for (var segment : segments) {
            tellSegment(segment, untold, chunks);
        }
        tellFooters(List.copyOf(untold), chunks);
        synchronized (this) {
            return new StoredAmounts(
                    tally.data(),
                    tally.tree(),
                    tally.dataSizes(),
                    packs.size(),
                    totalSize(packs),
                    segments.size(),
                    totalSize(segments),
                    snapshots.size(),
                    totalSize(snapshots),
                    otherSize());
        }
    }

    private void tellSegment(ObjectName segment, Set<ObjectName> untold, StoredChunk.Receiver chunks)
            throws RepositoryException {
        try {
            for (var listing : ChunkIndex.readSegment(backend, segment, objects.key())) {
                // Also false for packs that a garbage collection has taken away.
                if (untold.remove(listing.pack())) {
                    tell(listing, chunks);
                }
            }
        } catch (DamageException _) {
            // Its packs say themselves what they hold.
        }
    }

    private void tellFooters(List<ObjectName> packs, StoredChunk.Receiver chunks) throws RepositoryException {
        try (var pool = new WorkerPool<>("amounts", workerCount, Object::new)) {
            for (int start = 0; start < packs.size(); start += TOGETHER) {
                var some = packs.subList(start, Math.min(start + TOGETHER, packs.size()));
                pool.submit(_ -> readFooters(some, chunks));
            }
            pool.awaitAll();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while packs were read");
        }
    }

    private void readFooters(List<ObjectName> packs, StoredChunk.Receiver chunks) throws RepositoryException {
        for (var pack : packs) {
            try {
                tell(PackReader.contents(backend, pack, objects.key()), chunks);
            } catch (DamageException _) {
                // Its size still counts.
            }
        }
    }

    private synchronized void tell(PackListing listing, StoredChunk.Receiver chunks) {
        for (var frame : listing.contents().frames()) {
            shares(frame, chunk -> {
                tally.accept(chunk);
                chunks.accept(chunk);
            });
        }
    }

    private static void shares(FrameEntry frame, StoredChunk.Receiver receiver) {
        int[] shares = frame.shares();
        for (int i = 0; i < shares.length; i++) {
            var chunk = frame.chunks().get(i);
            receiver.accept(new StoredChunk(chunk.id(), frame.kind(), chunk.length(), shares[i], frame.base()));
        }
    }

    private long otherSize() throws RepositoryException {
        long sum = 0;
        for (var kind : OTHERS) {
            sum = Sum.saturated(sum, totalSize(backend.list(kind)));
        }
        return Sum.saturated(sum, backend.size(ObjectName.CONFIG).orElse(0));
    }

    private long totalSize(List<ObjectName> names) throws RepositoryException {
        long sum = 0;
        for (var name : names) {
            sum = Sum.saturated(sum, backend.size(name).orElse(0));
        }
        return sum;
    }
}
