package dev.strandline.core.report;

import dev.strandline.core.browse.ExtentReader;
import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Notes of each chunk whether one snapshot needs it or several do, and where it was met first. A chunk's owner only ever
 * goes from nobody to one snapshot to several, so what is met twice needs no third look. Guarded by itself.
 */
final class Ownership {
    /** The owner of what several snapshots need; others are numbers of snapshots, from 1. */
    static final int SEVERAL = -1;

    private static final int NOBODY = 0;

    private final ChunkSource source;
    private final ChunkTable table;
    private final int[] owners;
    private final Map<String, Long> kinds = new HashMap<>();

    /** Where chunks are met: they count there when they are met first. */
    record Place(FolderTally folder, String kind) {}

    Ownership(ChunkSource source, ChunkTable table) {
        this.source = source;
        this.table = table;
        this.owners = table.marks();
    }

    /** The owner of what had one and gets another. */
    static int join(int owner, int other) {
        return owner == NOBODY || owner == other ? other : SEVERAL;
    }

    /**
     * Has all chunks of a stream, its list included, belong to an owner.
     *
     * @throws DamageException when not all of them are known
     */
    void own(ChunkStream stream, int owner, Place place) throws RepositoryException {
        if (stream instanceof ChunkStream.Indirect(long _, var list)) {
            own(list, owner, place);
        }
        var extents = new ExtentReader(source, stream);
        for (var extent = extents.next(); extent != null; extent = extents.next()) {
            if (extent instanceof Extent.Chunk(var id, int _)) {
                own(number(id), owner, place);
            }
        }
    }

    /** @throws DamageException when no pack has it */
    int number(ChunkId id) throws DamageException {
        int number = table.number(id);
        if (number == ChunkTable.ABSENT) {
            throw new DamageException("chunk " + id, "no pack has it");
        }
        return number;
    }

    /** The same of one chunk, and of what it is encoded against. */
    synchronized void own(int number, int owner, Place place) {
        mark(number, owner, place);
        int base = table.base(number);
        if (base != ChunkTable.ABSENT) {
            mark(base, owner, place);
        }
    }

    private void mark(int number, int owner, Place place) {
        if (owners[number] == NOBODY) {
            place.folder.add(table.storedBytes(number));
            kinds.merge(place.kind, (long) table.storedBytes(number), Long::sum);
        }
        owners[number] = join(owners[number], owner);
    }

    /** What has come of it, of snapshots in the order of their numbers. */
    synchronized Holdings holdings(List<Snapshot> snapshots, List<FolderShare> roots) {
        long[] alone = new long[snapshots.size() + 1];
        long shared = 0;
        long unused = table.totalBytes();
        for (int number = 0; number < owners.length; number++) {
            int owner = owners[number];
            if (owner != NOBODY) {
                unused -= table.storedBytes(number);
            }
            if (owner == SEVERAL) {
                shared += table.storedBytes(number);
            } else {
                alone[owner] += owner == NOBODY ? 0 : table.storedBytes(number);
            }
        }
        var bySnapshot = new HashMap<Snapshot, Long>();
        for (int i = 0; i < snapshots.size(); i++) {
            bySnapshot.put(snapshots.get(i), alone[i + 1]);
        }
        return new Holdings(bySnapshot, shared, unused, roots, new TreeMap<>(kinds));
    }
}
