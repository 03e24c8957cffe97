package dev.strandline.store.format;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.ChunkKind;
import java.util.List;
import java.util.Optional;

/**
 * A frame as a pack's footer lists it; frames follow each other without gaps.
 *
 * @param sealedLength bytes that it takes in the pack
 * @param base the chunk that its payload is encoded against; absent for a frame that stands for itself
 */
public record FrameEntry(ChunkKind kind, int sealedLength, Optional<ChunkId> base, List<PackEntry> chunks) {
    /** No frame is larger before compression, so that a reader's memory is bounded: the largest chunk and some more. */
    public static final int MAX_PLAIN_BYTES = 4 << 20;

    public FrameEntry {
        chunks = List.copyOf(chunks);
        if (chunks.isEmpty() || sealedLength <= 0) {
            throw new IllegalArgumentException("a frame without chunks or bytes");
        }
    }

    /** Bytes of all its chunks together. */
    public int plainLength() {
        return chunks.stream().mapToInt(PackEntry::length).sum();
    }

    /** What of its sealed bytes each chunk takes, by their lengths; rounded so that together they are the frame. */
    public int[] shares() {
        int[] shares = new int[chunks.size()];
        long plainLength = plainLength();
        long position = 0;
        long told = 0;
        for (int i = 0; i < shares.length; i++) {
            position += chunks.get(i).length();
            long upToHere = sealedLength * position / plainLength;
            shares[i] = (int) (upToHere - told);
            told = upToHere;
        }
        return shares;
    }
}
