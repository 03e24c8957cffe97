package dev.strandline.store.repository;

import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.index.ChunkIndex;
import java.util.Optional;
import java.util.Set;

/** The index and what it leads to, opened when first asked for: a run in which nothing has changed never asks. */
interface IndexSource {
    ChunkIndex get() throws RepositoryException;

    /** Reads what the index leads to. */
    PackChunkSource chunks() throws RepositoryException;

    /** The index when somebody has asked for it. */
    Optional<ChunkIndex> opened();

    /** From now on the index, opened or not, looks at what is there now and avoids packs that are condemned. */
    void avoid(Set<ObjectName> condemned) throws RepositoryException;
}
