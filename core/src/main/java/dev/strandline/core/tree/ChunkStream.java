package dev.strandline.core.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A byte stream as stored: its extents themselves when they are few, else another stream that holds their encoding.
 */
public sealed interface ChunkStream {
    /** Up to how many extents stand inline. */
    int MAX_INLINE_EXTENTS = 16;

    /** How often a list may itself be indirect; 16 extents of at least 16 KiB of list each level make exabytes. */
    int MAX_LEVELS = 5;

    ChunkStream EMPTY = new Direct(List.of());

    /** The length of what the stream yields. */
    long sizeBytes();

    /** The chunk that is the whole stream; null when it is more or less than one. */
    Extent.@Nullable Chunk onlyChunk();

    record Direct(List<Extent> extents) implements ChunkStream {
        public Direct {
            extents = List.copyOf(extents);
            if (extents.size() > MAX_INLINE_EXTENTS) {
                throw new IllegalArgumentException(extents.size() + " extents are too many to stand inline");
            }
        }

        @Override
        public long sizeBytes() {
            long sum = 0;
            for (var extent : extents) {
                sum += extent.lengthBytes();
            }
            return sum;
        }

        @Override
        public Extent.@Nullable Chunk onlyChunk() {
            return extents.size() == 1 && extents.getFirst() instanceof Extent.Chunk chunk ? chunk : null;
        }
    }

    /** @param list yields the encoded extents */
    record Indirect(long sizeBytes, ChunkStream list) implements ChunkStream {
        public Indirect {
            if (sizeBytes <= 0 || list.sizeBytes() <= 0) {
                throw new IllegalArgumentException("an indirect stream is never empty");
            }
        }

        @Override
        public Extent.@Nullable Chunk onlyChunk() {
            return null;
        }
    }
}
