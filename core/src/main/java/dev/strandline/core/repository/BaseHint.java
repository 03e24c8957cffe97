package dev.strandline.core.repository;

import dev.strandline.core.chunk.ChunkId;
import org.jspecify.annotations.Nullable;

/** Asked when a chunk is new: which stored chunk it probably resembles, so that only the difference need be stored. */
@FunctionalInterface
public interface BaseHint {
    /** Nothing is known. */
    BaseHint NONE = () -> null;

    /** A chunk that may well be absent or unlike; null when nothing is known. */
    @Nullable
    ChunkId find() throws RepositoryException;
}
