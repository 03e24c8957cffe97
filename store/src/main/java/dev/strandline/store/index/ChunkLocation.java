package dev.strandline.store.index;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.store.backend.ObjectName;
import java.util.Optional;

/**
 * Where a chunk is.
 *
 * @param chunkNumber of the chunk in the pack, from 0
 * @param frameNumber of the frame in the pack, from 0
 * @param frameOffset where the sealed frame begins in the pack
 * @param sealedLength of the frame
 * @param chunkOffset where the chunk begins in the frame's plain bytes
 * @param length of the chunk
 * @param base the chunk that the frame is encoded against
 */
public record ChunkLocation(
        ObjectName pack,
        int chunkNumber,
        int frameNumber,
        long frameOffset,
        int sealedLength,
        int chunkOffset,
        int length,
        Optional<ChunkId> base) {}
