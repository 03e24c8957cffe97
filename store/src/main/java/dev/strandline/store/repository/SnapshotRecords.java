package dev.strandline.store.repository;

import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotListing;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.backend.Objects;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.format.ObjectType;
import dev.strandline.store.format.SealedObject;
import dev.strandline.store.format.SnapshotFormat;
import java.util.ArrayList;

/** Reads snapshot records. */
final class SnapshotRecords {
    private final Backend backend;
    private final MasterKey key;

    SnapshotRecords(Backend backend, MasterKey key) {
        this.backend = backend;
        this.key = key;
    }

    SnapshotListing list() throws RepositoryException {
        var snapshots = new ArrayList<Snapshot>();
        var damaged = new ArrayList<DamageException>();
        for (var name : backend.list(ObjectKind.SNAPSHOT)) {
            try {
                snapshots.add(new Snapshot(new SnapshotId(name.id()), read(name).record()));
            } catch (DamageException e) {
                damaged.add(e);
            }
        }
        snapshots.sort(Snapshot.BY_TIME);
        return new SnapshotListing(snapshots, damaged);
    }

    SnapshotFormat.Stored read(ObjectName name) throws RepositoryException {
        byte[] object = Objects.read(backend, name, SealedObject.MAX_BYTES);
        try {
            return SnapshotFormat.decode(SealedObject.decode(name, ObjectType.SNAPSHOT, object, key));
        } catch (MalformedException e) {
            throw new DamageException(name.toString(), String.valueOf(e.getMessage()));
        }
    }
}
