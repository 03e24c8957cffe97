package dev.strandline.core.repository;

import dev.strandline.core.chunk.ChunkId;

/** Takes fetched chunks; called by several threads at once. Unchecked exceptions end the fetch. */
public interface ChunkReceiver {
    /** The plaintext of {@code id} is {@code length} bytes at {@code offset}, valid during the call only. */
    void accept(ChunkId id, byte[] data, int offset, int length);

    /** The chunk can't be had. */
    void damaged(ChunkId id, DamageException damage);
}
