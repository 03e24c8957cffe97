package dev.strandline.store.gc;

import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.catalog.SmallObjects;
import dev.strandline.store.format.ObjectType;
import dev.strandline.store.format.SessionMark;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The other runs that are at work, as a collection sees them. One thread. */
final class Sessions {
    /** A run that holds up collections for so long loses what it has done; only then does a clock decide anything. */
    static final Duration LONGEST_RUN = Duration.ofHours(24);

    private final SmallObjects objects;
    private final ObjectName own;

    /** @param own the id under which this collection is at work */
    Sessions(SmallObjects objects, SnapshotId own) {
        this.objects = objects;
        this.own = new ObjectName(ObjectKind.SESSION, own.hex());
    }

    /** Whether another collection is at work. */
    boolean isCollecting() throws RepositoryException {
        for (var name : objects.backend().list(ObjectKind.SESSION)) {
            if (!name.equals(own) && objects.backend().isHeld(name)) {
                var mark = mark(name);
                if (mark.isPresent() && mark.get().role() == SessionMark.Role.COLLECTOR) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a run that writes is at work. */
    boolean isWriting() throws RepositoryException {
        for (var name : objects.backend().list(ObjectKind.SESSION)) {
            if (!name.equals(own) && objects.backend().isHeld(name) && isWriter(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean isWriter(ObjectName name) throws RepositoryException {
        return mark(name).map(mark -> mark.role() == SessionMark.Role.WRITER).orElse(true);
    }

    /** Empty when it is gone, or can't be read: then nothing is known of its run. */
    private Optional<SessionMark> mark(ObjectName name) throws RepositoryException {
        try {
            return Optional.of(objects.read(name, ObjectType.SESSION, SessionMark::decode));
        } catch (DamageException _) {
            return Optional.empty();
        }
    }

    /**
     * Ends the runs that are dead, and of those that began before a generation came into force the ones that are too long at
     * work.
     *
     * @return how many are alive that began before
     */
    int settle(long generation, Instant now) throws RepositoryException {
        int alive = 0;
        for (var name : objects.backend().list(ObjectKind.SESSION)) {
            if (name.equals(own)) {
                continue;
            }
            var mark = mark(name);
            boolean collector = mark.isPresent() && mark.get().role() == SessionMark.Role.COLLECTOR;
            if (!objects.backend().isHeld(name)) {
                end(name, collector, now);
            } else if (!collector && (mark.isEmpty() || mark.get().base() < generation)) {
                if (mark.isPresent() && mark.get().began().isBefore(now.minus(LONGEST_RUN))) {
                    end(name, false, now);
                } else {
                    alive++;
                }
            }
        }
        return alive;
    }

    /** From here on a writer has either committed or never will; a collector commits nothing. */
    private void end(ObjectName session, boolean collector, Instant now) throws RepositoryException {
        if (!collector) {
            var snapshot = new ObjectName(ObjectKind.SNAPSHOT, session.id());
            byte[] when = new Encoder().zigzag(now.getEpochSecond()).toBytes();
            objects.publish(snapshot, ObjectType.FENCE, when);
        }
        objects.backend().delete(session);
    }
}
