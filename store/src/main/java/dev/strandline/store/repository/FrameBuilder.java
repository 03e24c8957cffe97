package dev.strandline.store.repository;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.format.FrameEntry;
import dev.strandline.store.format.PackEntry;
import java.util.ArrayList;
import java.util.List;

/** Groups small chunks that come one after another, so that they are compressed together. One thread at a time. */
final class FrameBuilder {
    /**
     * Plain bytes of a frame that is full: large enough to compress well, small enough to open for one file. See
     * docs/decisions.
     */
    static final int TARGET_BYTES = 1 << 20;

    private static final int INITIAL_BYTES = 16 << 10;

    private final ChunkKind kind;
    private final int targetBytes;
    private List<PackEntry> chunks = new ArrayList<>();
    private byte[] plain = new byte[INITIAL_BYTES];
    private int length;

    /** @param packTargetBytes no frame need be larger than a pack */
    FrameBuilder(ChunkKind kind, long packTargetBytes) {
        this.kind = kind;
        this.targetBytes = (int) Math.min(TARGET_BYTES, packTargetBytes);
    }

    /** Takes a finished frame. */
    interface Receiver {
        void accept(ChunkKind kind, List<PackEntry> chunks, byte[] plain, int length) throws RepositoryException;
    }

    /** Adds a chunk, and hands on what is full. */
    void add(ChunkId id, byte[] data, int offset, int count, Receiver receiver) throws RepositoryException {
        if (count > FrameEntry.MAX_PLAIN_BYTES) {
            throw new IllegalArgumentException("a chunk of " + count + " bytes is too large for a frame");
        }
        if (length > 0 && length + count > targetBytes) {
            flush(receiver);
        }
        if (length + count > plain.length) {
            int grown = Math.max(length + count, Math.min(2 * plain.length, targetBytes));
            plain = java.util.Arrays.copyOf(plain, grown);
        }
        System.arraycopy(data, offset, plain, length, count);
        length += count;
        chunks.add(new PackEntry(id, count));
        if (length >= targetBytes) {
            flush(receiver);
        }
    }

    void flush(Receiver receiver) throws RepositoryException {
        if (length > 0) {
            var full = chunks;
            int fullLength = length;
            chunks = new ArrayList<>();
            length = 0;
            receiver.accept(kind, full, plain, fullLength);
        }
    }
}
