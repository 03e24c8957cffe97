package dev.strandline.store.catalog;

import dev.strandline.core.repository.BusyException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.format.ObjectType;
import dev.strandline.store.format.SessionMark;
import java.time.Instant;
import java.util.Set;

/**
 * A run's place in the protocol that it has with garbage collection: it says which generation it knows, and only then looks
 * whether there is a newer one. So either the collector that publishes that one sees this run and waits for it, or this run
 * sees what is condemned and doesn't rely on it. {@code docs/decisions/0017}. One thread.
 */
public final class Session implements AutoCloseable {
    /** Generations take seconds at least; a run that meets so many in a row is not getting anywhere. */
    private static final int MAX_TRIES = 32;

    private final SnapshotId id;
    private final Backend.Held held;
    private final Set<ObjectName> condemned;

    private Session(SnapshotId id, Backend.Held held, Set<ObjectName> condemned) {
        this.id = id;
        this.held = held;
        this.condemned = condemned;
    }

    public static Session enter(SmallObjects objects, SessionMark.Role role, Instant now) throws RepositoryException {
        var generations = new Generations(objects);
        for (int i = 0; i < MAX_TRIES; i++) {
            // Each time a new one: a collection may take one that is given up for that of a dead run, and fence it.
            var name = objects.newName(ObjectType.SESSION);
            long base = generations.newest();
            byte[] mark = new SessionMark(role, base, now).encode();
            var held = objects.backend().hold(name, objects.seal(name, ObjectType.SESSION, mark));
            try {
                var outlook = generations.outlook();
                if (outlook.newest() == base) {
                    return new Session(new SnapshotId(name.id()), held, generations.condemned(outlook));
                }
            } catch (RepositoryException | RuntimeException | Error e) {
                held.close();
                throw e;
            }
            held.close();
        }
        throw new BusyException(
                "garbage collections follow each other too fast to begin", "Run again; see what starts so many.");
    }

    /** Of the session, and of the snapshot that its run may commit. */
    public SnapshotId id() {
        return id;
    }

    /** Packs that this run must not rely on. */
    public Set<ObjectName> condemned() {
        return condemned;
    }

    /** Says that the run is over. */
    @Override
    public void close() {
        held.close();
    }
}
