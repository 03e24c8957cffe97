package dev.strandline.store.repository;

import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.index.ChunkLocation;
import dev.strandline.store.pack.PackReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The packs that a thread reads small frames of. A difference has a few hundred bytes, and opening its pack costs many times
 * what reading it does: so each pack is opened once, and frames that are near each other are read together. One thread.
 */
final class OpenPacks {
    private static final int MAX_OPEN = 64;

    /** What is read at once when frames are asked for in the order in which they stand. */
    static final int AHEAD_BYTES = 128 << 10;

    private static final float LOAD_FACTOR = 0.75f;

    private final Backend backend;
    private final MasterKey key;
    private final ChunkIndex index;
    private final Map<ObjectName, PackReader> readers = new LinkedHashMap<>(MAX_OPEN, LOAD_FACTOR, true);
    private @Nullable ObjectName windowPack;
    private long windowOffset;
    private byte[] window = {};

    OpenPacks(Backend backend, MasterKey key, ChunkIndex index) {
        this.backend = backend;
        this.key = key;
        this.index = index;
    }

    PackReader reader(ObjectName pack) throws RepositoryException {
        var reader = readers.get(pack);
        if (reader == null) {
            reader = PackReader.open(backend, pack, key);
            if (readers.size() >= MAX_OPEN) {
                readers.remove(readers.keySet().iterator().next());
            }
            readers.put(pack, reader);
        }
        return reader;
    }

    /**
     * The plain bytes of a frame.
     *
     * @param base what it is encoded against; empty when it stands for itself
     */
    byte[] frame(ChunkLocation location, byte[] base) throws RepositoryException {
        var reader = reader(location.pack());
        if (!isInWindow(location)) {
            moveWindow(location);
        }
        return reader.open(
                location.frameNumber(),
                location.frameOffset(),
                window,
                (int) (location.frameOffset() - windowOffset),
                location.sealedLength(),
                base);
    }

    private boolean isInWindow(ChunkLocation location) {
        return location.pack().equals(windowPack)
                && location.frameOffset() >= windowOffset
                && location.frameOffset() + location.sealedLength() <= windowOffset + window.length;
    }

    private void moveWindow(ChunkLocation location) throws RepositoryException {
        window = read(location, isNext(location));
        windowPack = location.pack();
        windowOffset = location.frameOffset();
    }

    /** Whether a frame comes soon after what was read last. */
    private boolean isNext(ChunkLocation location) {
        long end = windowOffset + window.length;
        return location.pack().equals(windowPack)
                && location.frameOffset() >= windowOffset
                && location.frameOffset() <= end + AHEAD_BYTES;
    }

    private byte[] read(ChunkLocation location, boolean ahead) throws RepositoryException {
        if (ahead) {
            long left = index.pack(location.pack()).sizeBytes() - location.frameOffset();
            int length = (int) Math.min(AHEAD_BYTES, left);
            if (length > location.sealedLength()) {
                try {
                    return backend.read(location.pack(), location.frameOffset(), length);
                } catch (DamageException _) {
                    // What is damaged there need not be this frame.
                }
            }
        }
        return backend.read(location.pack(), location.frameOffset(), location.sealedLength());
    }
}
