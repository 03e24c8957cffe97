package dev.strandline.store.repository;

import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotListing;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.work.WorkerPool;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.format.ObjectType;
import dev.strandline.store.format.SealedObject;
import dev.strandline.store.format.SnapshotFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads snapshot records. */
final class SnapshotRecords {
    /** How many records a task reads. */
    private static final int TOGETHER = 64;

    private final Backend backend;
    private final MasterKey key;

    SnapshotRecords(Backend backend, MasterKey key) {
        this.backend = backend;
        this.key = key;
    }

    /** All of them, read by so many threads where there are enough to be worth it. */
    SnapshotListing list(int workerCount) throws RepositoryException {
        var names = backend.list(ObjectKind.SNAPSHOT);
        var found = Collections.synchronizedList(new ArrayList<Snapshot>(names.size()));
        var damaged = Collections.synchronizedList(new ArrayList<DamageException>());
        if (names.size() <= TOGETHER) {
            read(names, found, damaged);
        } else {
            try (var pool = new WorkerPool<>("records", workerCount, Object::new)) {
                for (int start = 0; start < names.size(); start += TOGETHER) {
                    var some = names.subList(start, Math.min(start + TOGETHER, names.size()));
                    pool.submit(_ -> read(some, found, damaged));
                }
                pool.awaitAll();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while snapshots were listed");
            }
        }
        var snapshots = new ArrayList<>(found);
        snapshots.sort(Snapshot.BY_TIME);
        return new SnapshotListing(snapshots, damaged);
    }

    private void read(List<ObjectName> names, List<Snapshot> snapshots, List<DamageException> damaged)
            throws RepositoryException {
        for (var name : names) {
            try {
                snapshots.add(new Snapshot(new SnapshotId(name.id()), read(name).record()));
            } catch (DamageException e) {
                damaged.add(e);
            }
        }
    }

    SnapshotFormat.Stored read(ObjectName name) throws RepositoryException {
        byte[] object = backend.readAll(name, SealedObject.MAX_BYTES);
        try {
            return SnapshotFormat.decode(SealedObject.decode(name, ObjectType.SNAPSHOT, object, key));
        } catch (MalformedException e) {
            throw new DamageException(name.toString(), String.valueOf(e.getMessage()));
        }
    }
}
