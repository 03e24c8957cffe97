package dev.strandline.store.gc;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.index.ChunkLocation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives each chunk a number by where it is: those of a pack follow each other, so that sets of chunks are small as compressed
 * bitmaps. About 100 bytes for each pack. Safe for use by several threads.
 */
final class ChunkNumbers {
    private final ChunkIndex index;
    private final Map<ObjectName, Range> ranges = new LinkedHashMap<>(); // guarded by this
    private long next; // guarded by this

    /** Of a pack's chunks. */
    record Range(long first, int count) {}

    ChunkNumbers(ChunkIndex index) {
        this.index = index;
    }

    /** A chunk's number; one that lies in a pack which was not met before makes room for all of it. */
    synchronized int of(ChunkLocation location) throws RepositoryException {
        var range = ranges.get(location.pack());
        if (range == null) {
            range = add(location.pack(), index.pack(location.pack()).chunkCount());
        }
        return (int) (range.first + location.chunkNumber());
    }

    private synchronized Range add(ObjectName pack, int count) {
        var range = new Range(next, count);
        next += count;
        ranges.put(pack, range);
        return range;
    }

    /** The numbers of a pack; null when no chunk of it was met. */
    synchronized @Nullable Range range(ObjectName pack) {
        return ranges.get(pack);
    }

    synchronized void encode(Encoder out) {
        out.varint(ranges.size());
        ranges.forEach((pack, range) -> out.bytes(pack.idBytes()).varint(range.count));
    }

    static ChunkNumbers decode(Decoder in, ChunkIndex index) throws MalformedException {
        var numbers = new ChunkNumbers(index);
        int count = in.varint(Integer.MAX_VALUE, "a number of packs");
        for (int i = 0; i < count; i++) {
            var pack = ObjectName.of(ObjectKind.PACK, in.bytes(ObjectName.ID_DIGITS / 2));
            numbers.add(pack, in.varint(Integer.MAX_VALUE, "a number of chunks"));
        }
        return numbers;
    }
}
