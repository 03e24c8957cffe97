package dev.strandline.store.repository;

import dev.strandline.core.browse.ExtentReader;
import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.EncodedNode;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a run takes for stored because an earlier one, that was committed, did. As long as every pack that there was then is
 * there and not condemned, that is true without a look; once one is gone, the index says it of each chunk. Safe for use by
 * several threads.
 */
final class Presumption {
    private final IndexSource index;
    private final KnownChunks known;
    private final Ground ground;

    /** What there is to go by. */
    private enum Ground {
        NOTHING,
        INDEX,
        PACKS
    }

    private Presumption(IndexSource index, KnownChunks known, Ground ground) {
        this.index = index;
        this.known = known;
        this.ground = ground;
    }

    /** Of a run that knows of no earlier one. */
    Presumption(IndexSource index) {
        this(index, KnownChunks.NONE, Ground.NOTHING);
    }

    /** Empty when {@code recalled} is not what a run has recalled. */
    static Optional<Presumption> of(byte[] recalled, IndexSource index, Backend backend, Set<ObjectName> condemned)
            throws RepositoryException {
        try {
            var known = KnownChunks.decode(recalled);
            var there = new HashSet<>(backend.list(ObjectKind.PACK));
            there.removeAll(condemned);
            return Optional.of(
                    there.containsAll(known.packs())
                            ? new Presumption(index, known, Ground.PACKS)
                            : new Presumption(index, KnownChunks.NONE, Ground.INDEX));
        } catch (MalformedException _) {
            return Optional.empty();
        }
    }

    /** Whether a chunk is stored, if that can be told for nothing. */
    boolean presumes(ChunkId chunk) {
        return known.chunks().contains(chunk);
    }

    /** Whether a chunk of a tree that the earlier run has captured is still stored. */
    boolean repeats(ChunkId treeChunk) throws RepositoryException {
        return ground == Ground.INDEX ? index.get().contains(treeChunk) : presumes(treeChunk);
    }

    /** Whether the content of a file that the earlier run has captured is still stored. */
    boolean holds(EncodedNode file) throws RepositoryException {
        if (ground == Ground.NOTHING) {
            return false;
        }
        if (ground == Ground.PACKS || !(file.decode() instanceof Node.RegularFile(var _, var content, boolean _))) {
            return true;
        }
        try {
            return holds(content);
        } catch (DamageException _) {
            return false;
        }
    }

    private boolean holds(ChunkStream content) throws RepositoryException {
        if (content instanceof ChunkStream.Indirect(long _, var list) && !holds(list)) {
            return false;
        }
        var extents = new ExtentReader(index.chunks(), content);
        for (var extent = extents.next(); extent != null; extent = extents.next()) {
            if (extent instanceof Extent.Chunk(var id, int _) && !index.get().contains(id)) {
                return false;
            }
        }
        return true;
    }

    /** What a later run may presume of this one, in which these chunks of trees were stored or repeated. */
    byte[] recall(Set<ChunkId> treeChunks) {
        var packs = index.opened().map(opened -> opened.livePacks()).orElse(known.packs());
        return new KnownChunks(packs, treeChunks).encode();
    }
}
