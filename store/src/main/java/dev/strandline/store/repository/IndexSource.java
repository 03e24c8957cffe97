package dev.strandline.store.repository;

import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.index.ChunkIndex;
import java.util.Optional;

/** The index, opened when it is first asked for: a run in which nothing has changed never asks. */
interface IndexSource {
    ChunkIndex get() throws RepositoryException;

    /** The index when somebody has asked for it. */
    Optional<ChunkIndex> opened();
}
