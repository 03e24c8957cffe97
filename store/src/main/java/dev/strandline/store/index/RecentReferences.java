package dev.strandline.store.index;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.reach.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What directories and lists lead to that were asked for lately: most often what others are like, or what the next snapshot
 * shares. About 10 MB at most. Safe for use by several threads.
 */
final class RecentReferences {
    private static final int MAX_REFERENCES = 1 << 17;
    private static final float LOAD_FACTOR = 0.75f;
    private static final int CAPACITY = 1024;

    private final Map<ChunkId, List<Reference>> lists =
            new LinkedHashMap<>(CAPACITY, LOAD_FACTOR, true); // guarded by this
    private int count; // guarded by this

    synchronized Optional<List<Reference>> get(ChunkId chunk) {
        return Optional.ofNullable(lists.get(chunk));
    }

    synchronized void add(ChunkId chunk, List<Reference> references) {
        var before = lists.put(chunk, references);
        count += references.size() - (before == null ? 0 : before.size());
        var eldest = lists.entrySet().iterator();
        while (count > MAX_REFERENCES && lists.size() > 1) {
            count -= eldest.next().getValue().size();
            eldest.remove();
        }
    }
}
