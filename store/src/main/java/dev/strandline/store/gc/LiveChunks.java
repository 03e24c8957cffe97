package dev.strandline.store.gc;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.reach.LiveSet;
import dev.strandline.core.reach.Reference;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.index.ChunkLocation;
import dev.strandline.store.index.StoredPack;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.roaringbitmap.RoaringBitmap;

/**
 * Live chunks by where they are, as two compressed bitmaps of {@link ChunkNumbers}. At most 2 bits for each chunk of the
 * repository, 25 MB for 100 million, and much less where runs of chunks are live or unused together; about 100 bytes for each
 * pack. Safe for use by several threads.
 */
final class LiveChunks implements LiveSet {
    /** Directories that follow each other lead to the same files mostly: so many are not looked up again. */
    private static final int MAX_RECENT = 1 << 17;

    private final ChunkIndex index;
    private final Consumer<ChunkLocation> first;
    private final ChunkNumbers numbers;
    private final RoaringBitmap live = new RoaringBitmap(); // guarded by this
    private final RoaringBitmap entered = new RoaringBitmap(); // guarded by this
    private final Set<ChunkId> recent = ConcurrentHashMap.newKeySet();
    private final Set<ChunkId> recentlyEntered = ConcurrentHashMap.newKeySet();
    private final Set<ChunkStream> streams = ConcurrentHashMap.newKeySet();

    LiveChunks(ChunkIndex index) {
        this(index, _ -> {});
    }

    /** @param first told of each chunk once, when it is first live; by one thread at a time */
    LiveChunks(ChunkIndex index, Consumer<ChunkLocation> first) {
        this.index = index;
        this.numbers = new ChunkNumbers(index);
        this.first = first;
    }

    @Override
    public void add(ChunkId chunk) throws RepositoryException {
        if (!recent.contains(chunk)) {
            addAt(index.require(chunk));
            remember(recent, chunk);
        }
    }

    private static void remember(Set<ChunkId> recent, ChunkId chunk) {
        if (recent.size() >= MAX_RECENT) {
            recent.clear();
        }
        recent.add(chunk);
    }

    private void addAt(ChunkLocation location) throws RepositoryException {
        live(location);
        if (location.base().isPresent()) {
            // Which has none itself.
            add(location.base().get());
        }
    }

    private synchronized void live(ChunkLocation location) throws RepositoryException {
        if (mark(live, location)) {
            first.accept(location);
        }
    }

    private synchronized boolean mark(RoaringBitmap bitmap, ChunkLocation location) throws RepositoryException {
        return bitmap.checkedAdd(numbers.of(location));
    }

    @Override
    public boolean enter(ChunkId chunk) throws RepositoryException {
        if (recentlyEntered.contains(chunk)) {
            return false;
        }
        var location = index.require(chunk);
        addAt(location);
        remember(recentlyEntered, chunk);
        return mark(entered, location);
    }

    @Override
    public boolean enter(ChunkStream stream) {
        return streams.add(stream);
    }

    @Override
    public Optional<List<Reference>> references(ChunkId chunk) throws RepositoryException {
        return index.references(chunk);
    }

    @Override
    public void learn(ChunkId chunk, List<Reference> references) throws RepositoryException {
        index.learn(chunk, references);
    }

    /** Has chunks that are live be live where they have been copied to, too. */
    void moved(Iterable<ChunkId> chunks) throws RepositoryException {
        for (var chunk : chunks) {
            addAt(index.require(chunk));
        }
    }

    /** Whether the chunk of this number in a pack is live there. */
    synchronized boolean has(ObjectName pack, int chunkNumber) {
        var range = numbers.range(pack);
        return range != null && live.contains((int) (range.first() + chunkNumber));
    }

    /** Whether a chunk is live where the index says that it is. */
    boolean has(ChunkId chunk) throws RepositoryException {
        var location = index.find(chunk);
        return location != null && has(location.pack(), location.chunkNumber());
    }

    /** How many of a pack's chunks are live. */
    synchronized int count(StoredPack pack) {
        var range = numbers.range(pack.name());
        return range == null ? 0 : (int) live.rangeCardinality(range.first(), range.first() + range.count());
    }
}
