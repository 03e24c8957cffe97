package dev.strandline.core.capture;

import dev.strandline.core.chunk.ChunkSizes;
import dev.strandline.core.chunk.Chunker;
import dev.strandline.core.repository.BaseHint;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.ChunkLane;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Stores a stream whose bytes arrive piece by piece and whose size is not known before its end. One thread. */
final class StreamBuilder {
    private static final int INITIAL_CAPACITY = 4 << 10;

    private final ChunkLane lane;
    private final ChunkKind kind;
    private final Chunker chunker;
    private final ExtentList extents;
    private @Nullable Predecessor predecessor;
    private long storedBytes;
    private byte[] buffer = new byte[INITIAL_CAPACITY];
    private int length;
    private boolean cut;

    /** @param predecessor null when nothing is known of what was there before */
    StreamBuilder(ChunkLane lane, ChunkKind kind, Chunker chunker, @Nullable Predecessor predecessor) {
        this.lane = lane;
        this.predecessor = predecessor;
        this.kind = kind;
        this.chunker = chunker;
        this.extents = new ExtentList(lane, chunker);
    }

    void write(byte[] source, int offset, int count) throws RepositoryException {
        int done = 0;
        while (done < count) {
            int room = Math.min(count - done, chunker.sizes().maximum() - length);
            if (room > buffer.length - length) {
                buffer = Arrays.copyOf(
                        buffer, Math.min(chunker.sizes().maximum(), Math.max(2 * buffer.length, length + room)));
            }
            System.arraycopy(source, offset + done, buffer, length, room);
            length += room;
            done += room;
            if (length == chunker.sizes().maximum()) {
                storeFirst(chunker.cut(buffer, 0, length));
            }
        }
    }

    private void storeFirst(int chunkLength) throws RepositoryException {
        var like = predecessor;
        long start = storedBytes;
        var id = lane.store(kind, buffer, 0, chunkLength, like == null ? BaseHint.NONE : () -> like.at(start));
        if (like != null) {
            like.met(start, id);
        }
        extents.add(new Extent.Chunk(id, chunkLength));
        storedBytes += chunkLength;
        System.arraycopy(buffer, chunkLength, buffer, 0, length - chunkLength);
        length -= chunkLength;
        cut = true;
    }

    /** Tells what was there before, for what is not stored yet. */
    void resembles(Predecessor stream) {
        predecessor = stream;
    }

    ChunkStream finish() throws RepositoryException {
        while (length > 0) {
            boolean whole = !cut && length <= ChunkSizes.WHOLE_FILE_LIMIT;
            storeFirst(whole ? length : chunker.cut(buffer, 0, length));
        }
        return extents.finish();
    }
}
