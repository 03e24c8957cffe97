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
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The other runs that are at work, as a collection sees them. One thread. */
final class Sessions {
    /** A run that holds up collections for so long loses what it has done; only then does a clock decide anything. */
    static final Duration LONGEST_RUN = Duration.ofHours(24);

    private final SmallObjects objects;
    private final ObjectName own;

    /**
     * Who else was at work.
     *
     * @param before how many are alive that began before the generation
     * @param writing whether a run that writes is alive
     * @param collecting whether another collection is
     * @param ids of all, also of those that have been ended
     */
    record Others(int before, boolean writing, boolean collecting, Set<String> ids) {}

    /** @param own the id under which this collection is at work */
    Sessions(SmallObjects objects, SnapshotId own) {
        this.objects = objects;
        this.own = new ObjectName(ObjectKind.SESSION, own.hex());
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
     */
    Others settle(long generation, Instant now) throws RepositoryException {
        int before = 0;
        boolean writing = false;
        boolean collecting = false;
        var ids = new HashSet<String>();
        for (var name : objects.backend().list(ObjectKind.SESSION)) {
            if (name.equals(own)) {
                continue;
            }
            var mark = mark(name);
            boolean collector = mark.isPresent() && mark.get().role() == SessionMark.Role.COLLECTOR;
            ids.add(name.id());
            if (!objects.backend().isHeld(name)) {
                end(name, collector, now);
            } else if (collector) {
                collecting = true;
            } else {
                writing = true;
                if (mark.isEmpty() || mark.get().base() < generation) {
                    if (mark.isPresent() && mark.get().began().isBefore(now.minus(LONGEST_RUN))) {
                        end(name, false, now);
                    } else {
                        before++;
                    }
                }
            }
        }
        return new Others(before, writing, collecting, ids);
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
