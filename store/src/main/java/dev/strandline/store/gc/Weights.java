package dev.strandline.store.gc;

import dev.strandline.core.reach.Marker;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.index.ChunkLocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/**
 * What snapshots take. A frame counts as a whole for the first snapshot that needs anything in it: it stays as long as
 * anything does.
 */
public final class Weights {
    private final Map<ObjectName, RoaringBitmap> frames = new HashMap<>();
    private long bytes;

    private Weights() {}

    /** See {@code Repository.weigh}. */
    public static long[] of(List<Snapshot> snapshots, ChunkIndex index, ChunkSource chunks, Runnable pulse)
            throws RepositoryException {
        var weights = new Weights();
        var marker = new Marker(chunks, new LiveChunks(index, weights::add), pulse);
        long[] added = new long[snapshots.size()];
        for (int i = 0; i < added.length; i++) {
            long before = weights.bytes;
            marker.mark(List.of(snapshots.get(i)));
            added[i] = weights.bytes - before;
        }
        return added;
    }

    private void add(ChunkLocation location) {
        if (frames.computeIfAbsent(location.pack(), _ -> new RoaringBitmap()).checkedAdd(location.frameNumber())) {
            bytes += location.sealedLength();
        }
    }
}
