package dev.strandline.core.capture;

import dev.strandline.core.chunk.Chunker;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.ChunkLane;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.ChunkStreamCodec;
import dev.strandline.core.tree.Extent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the extents of one stream; from {@code ChunkStream.MAX_INLINE_EXTENTS} on they go into a stream of their
 * own, so that memory does not grow with the file. One thread.
 */
final class ExtentList {
    private final ChunkLane lane;
    private final Chunker chunker;
    private final List<Extent> inline = new ArrayList<>();
    private final Encoder encoder = new Encoder();
    private @Nullable StreamBuilder overflow;
    private long sizeBytes;

    /** @param chunker cuts the list when it grows long */
    ExtentList(ChunkLane lane, Chunker chunker) {
        this.lane = lane;
        this.chunker = chunker;
    }

    void add(Extent extent) throws RepositoryException {
        sizeBytes += extent.lengthBytes();
        if (overflow == null && inline.size() < ChunkStream.MAX_INLINE_EXTENTS) {
            inline.add(extent);
            return;
        }
        if (overflow == null) {
            overflow = new StreamBuilder(lane, ChunkKind.TREE, chunker, null);
            for (var earlier : inline) {
                append(overflow, earlier);
            }
        }
        append(overflow, extent);
    }

    private void append(StreamBuilder list, Extent extent) throws RepositoryException {
        encoder.clear();
        ChunkStreamCodec.encode(encoder, extent);
        list.write(encoder.array(), 0, encoder.size());
    }

    ChunkStream finish() throws RepositoryException {
        if (overflow != null) {
            return new ChunkStream.Indirect(sizeBytes, overflow.finish());
        }
        return inline.isEmpty() ? ChunkStream.EMPTY : new ChunkStream.Direct(inline);
    }
}
