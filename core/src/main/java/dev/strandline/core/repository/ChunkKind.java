package dev.strandline.core.repository;

/** What a chunk is part of; kinds are kept in frames of their own. The ordinals are persisted: append only. */
public enum ChunkKind {
    /** File content. */
    DATA,
    /** Encoded directory entries and chunk lists. */
    TREE
}
