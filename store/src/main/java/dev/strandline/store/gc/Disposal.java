package dev.strandline.store.gc;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Sum;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.catalog.Generations;
import dev.strandline.store.catalog.SmallObjects;
import dev.strandline.store.catalog.SnapshotRecords;
import dev.strandline.store.catalog.SnapshotRecords.Found;
import dev.strandline.store.format.Generation;
import dev.strandline.store.format.ObjectType;
import dev.strandline.store.format.SegmentFormat.PackListing;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.pack.PackReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Deletes what a generation has condemned or replaced, and what forgetting has left. Begun only when no run is left that
 * may rely on it, and after everything live was marked again; each step may be the last. One use, one thread.
 */
final class Disposal {
    /** A fence is only needed until its run has noticed. */
    private static final Duration FENCES_STAY = Duration.ofDays(365);

    private final SmallObjects objects;
    private final ChunkIndex index;
    private final Generations generations;
    private final SnapshotRecords records;

    /** Before anything was decided: what others have begun since is none of its business. */
    private final List<ObjectName> bundlesBefore;

    private final List<ObjectName> notesBefore;
    private final Map<ObjectName, Set<ChunkId>> contents = new HashMap<>();
    private Done done = Done.NOTHING;

    /** What was deleted. */
    record Done(int packs, long bytes) {
        static final Done NOTHING = new Done(0, 0);
    }

    Disposal(SmallObjects objects, ChunkIndex index, Generations generations, SnapshotRecords records)
            throws RepositoryException {
        this.objects = objects;
        this.index = index;
        this.generations = generations;
        this.records = records;
        this.bundlesBefore = objects.backend().list(ObjectKind.BUNDLE);
        this.notesBefore = objects.backend().list(ObjectKind.FORGOTTEN);
    }

    Done done() {
        return done;
    }

    /**
     * @param live everything that is needed, with the index avoiding what is condemned
     * @param found all records there are
     * @param sessions ids of runs whose record must stay where it is, because they may not know yet that it is there
     */
    void carryOut(
            long number,
            Generation generation,
            LiveChunks live,
            Collection<Found> found,
            Set<String> sessions,
            Instant now)
            throws RepositoryException {
        var doomed = new ArrayList<PackListing>();
        var reprieved = new HashSet<ObjectName>();
        for (var pack : generation.condemned()) {
            if (objects.backend().size(pack).isEmpty()) {
                continue;
            }
            var listing = PackReader.contents(objects.backend(), pack, objects.key());
            if (isNeeded(listing, live)) {
                reprieved.add(pack);
            } else {
                doomed.add(listing);
            }
        }
        objects.backend().delete(generation.obsolete());
        mergeNotes(generation, found, dropRecords(generation, found, sessions, now));
        delete(doomed);
        generations.settle(number, reprieved);
    }

    /** Whether any chunk in a pack is live and in no pack that stays. */
    private boolean isNeeded(PackListing listing, LiveChunks live) throws RepositoryException {
        int number = 0;
        for (var chunk : Repacker.chunks(listing)) {
            if (live.has(listing.pack(), number++) && !isElsewhere(chunk, live)) {
                return true;
            }
        }
        return false;
    }

    /** In a pack that says so itself, and with what it is encoded against being live. */
    private boolean isElsewhere(ChunkId chunk, LiveChunks live) throws RepositoryException {
        var location = index.find(chunk);
        return location != null
                && (location.base().isEmpty() || live.has(location.base().get()))
                && contents(location.pack()).contains(chunk);
    }

    private Set<ChunkId> contents(ObjectName pack) throws RepositoryException {
        var known = contents.get(pack);
        if (known == null) {
            known = Set.copyOf(Repacker.chunks(PackReader.contents(objects.backend(), pack, objects.key())));
            contents.put(pack, known);
        }
        return known;
    }

    private void delete(List<PackListing> doomed) throws RepositoryException {
        // One that came back after a power cut would be as it was, and garbage of the next collection.
        objects.backend().discard(doomed.stream().map(PackListing::pack).toList());
        for (var listing : doomed) {
            index.remove(listing);
        }
        done = new Done(
                done.packs + doomed.size(),
                doomed.stream().mapToLong(PackListing::sizeBytes).reduce(done.bytes, Sum::saturated));
    }

    /**
     * Drops records that stand in a bundle or are forgotten, and bundles that count no more.
     *
     * @return the records that stand alone still
     */
    private Set<ObjectName> dropRecords(
            Generation generation, Collection<Found> found, Set<String> sessions, Instant now)
            throws RepositoryException {
        var bundled = found.stream()
                .filter(each -> each.bundle().isPresent())
                .map(each -> each.snapshot().id().hex())
                .collect(Collectors.toSet());
        var forgotten = new HashSet<ObjectName>();
        for (var note : notesBefore) {
            forgotten.addAll(names(note));
        }
        var single = new HashSet<>(objects.backend().list(ObjectKind.SNAPSHOT));
        var dropped = single.stream()
                .filter(name -> forgotten.contains(name) || bundled.contains(name.id()))
                .filter(name -> !sessions.contains(name.id()))
                .collect(Collectors.toCollection(HashSet::new));
        var known = found.stream().map(each -> each.snapshot().id().hex()).collect(Collectors.toSet());
        for (var name : single) {
            if (!dropped.contains(name) && !known.contains(name.id()) && isOldFence(name, now)) {
                dropped.add(name);
            }
        }
        objects.backend().delete(dropped);
        single.removeAll(dropped);
        var valid = generation.bundles().stream().map(Generation.Bundle::name).collect(Collectors.toSet());
        objects.backend()
                .delete(bundlesBefore.stream()
                        .filter(name -> !valid.contains(name))
                        .toList());
        return single;
    }

    private Set<ObjectName> names(ObjectName note) throws RepositoryException {
        try {
            return records.forgottenBy(note);
        } catch (DamageException damage) {
            if (objects.backend().size(note).isPresent()) {
                throw damage;
            }
            return Set.of();
        }
    }

    private boolean isOldFence(ObjectName name, Instant now) throws RepositoryException {
        try {
            if (records.read(name).isPresent()) {
                return false;
            }
            long when = objects.read(name, ObjectType.FENCE, plain -> new Decoder(plain).zigzag());
            return Instant.ofEpochSecond(when).isBefore(now.minus(FENCES_STAY));
        } catch (DamageException _) {
            return false;
        }
    }

    /**
     * Puts what notes have to say into one. A name is needed as long as a record of it is anywhere, and as long as another
     * record names it as its parent, or {@code check} would call it lost.
     *
     * @param single the records that stand alone
     */
    private void mergeNotes(Generation generation, Collection<Found> found, Set<ObjectName> single)
            throws RepositoryException {
        var needed = new HashSet<>(single);
        for (var bundle : generation.bundles()) {
            for (var id : records.idsOf(bundle)) {
                needed.add(new ObjectName(ObjectKind.SNAPSHOT, id.hex()));
            }
        }
        for (var each : found) {
            each.snapshot()
                    .record()
                    .parent()
                    .ifPresent(id -> needed.add(new ObjectName(ObjectKind.SNAPSHOT, id.hex())));
        }
        var said = new HashSet<ObjectName>();
        for (var note : notesBefore) {
            said.addAll(names(note));
        }
        boolean isShorter = !needed.containsAll(said);
        said.retainAll(needed);
        if (notesBefore.size() > 1 || isShorter) {
            if (!said.isEmpty()) {
                records.forget(
                        said.stream().map(name -> new SnapshotId(name.id())).toList());
            }
            objects.backend().delete(notesBefore);
        }
    }

    /**
     * When nothing is condemned: what forgetting has left.
     *
     * @param others who was at work before records were read
     */
    Done tidy(Generation current, Collection<Found> found, Sessions.Others others, Instant now)
            throws RepositoryException {
        var single = dropRecords(current, found, others.ids(), now);
        if (!others.writing()) {
            // Else a run that nobody waited for may yet name a parent that has been forgotten meanwhile.
            mergeNotes(current, found, single);
        }
        return done;
    }
}
