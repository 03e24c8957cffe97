package dev.strandline.store.repository;

import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.index.ChunkLocation;
import dev.strandline.store.pack.PackReader;
import java.util.LinkedHashMap;
import java.util.Map;

/** Frames that were opened lately: neighbouring trees share one. Safe for use by several threads. */
final class FrameCache {
    private static final long MAX_BYTES = 16L << 20;
    private static final int INITIAL_CAPACITY = 64;
    private static final float LOAD_FACTOR = 0.75f;

    private record Key(ObjectName pack, int frameNumber) {}

    private final Backend backend;
    private final MasterKey key;
    private final Map<Key, byte[]> frames = new LinkedHashMap<>(INITIAL_CAPACITY, LOAD_FACTOR, true); // guarded by this
    private long bytes; // guarded by this

    FrameCache(Backend backend, MasterKey key) {
        this.backend = backend;
        this.key = key;
    }

    /**
     * The plain bytes of a frame; must not be changed.
     *
     * @param base what it is encoded against; empty when it stands for itself
     */
    byte[] frame(ChunkLocation location, byte[] base) throws RepositoryException {
        var cacheKey = new Key(location.pack(), location.frameNumber());
        synchronized (this) {
            byte[] cached = frames.get(cacheKey);
            if (cached != null) {
                return cached;
            }
        }
        byte[] plain = PackReader.frame(
                backend,
                location.pack(),
                key,
                location.frameNumber(),
                location.frameOffset(),
                location.sealedLength(),
                base);
        synchronized (this) {
            if (frames.put(cacheKey, plain) == null) {
                bytes += plain.length;
            }
            var eldest = frames.entrySet().iterator();
            while (bytes > MAX_BYTES && eldest.hasNext()) {
                bytes -= eldest.next().getValue().length;
                eldest.remove();
            }
        }
        return plain;
    }
}
