package dev.strandline.store.gc;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.index.ChunkLocation;
import java.util.HashMap;
import java.util.Map;

/** Where chunks are, and their numbers; remembers those that were asked for lately. Not safe for use by several threads. */
final class ChunkPlaces {
    private static final int MAX_RECENT = 1 << 17;

    private final ChunkIndex index;
    private final ChunkNumbers numbers;
    private final Map<ChunkId, Place> recent = new HashMap<>();

    /** A chunk by where it is. */
    record Place(ChunkId chunk, ChunkLocation location, int number) {}

    ChunkPlaces(ChunkIndex index, ChunkNumbers numbers) {
        this.index = index;
        this.numbers = numbers;
    }

    /** @throws dev.strandline.core.repository.DamageException when no pack has the chunk */
    Place of(ChunkId chunk) throws RepositoryException {
        var known = recent.get(chunk);
        if (known != null) {
            return known;
        }
        var location = index.require(chunk);
        var place = new Place(chunk, location, numbers.of(location));
        if (recent.size() >= MAX_RECENT) {
            recent.clear();
        }
        recent.put(chunk, place);
        return place;
    }
}
