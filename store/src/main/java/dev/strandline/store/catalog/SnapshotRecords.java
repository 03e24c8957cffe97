package dev.strandline.store.catalog;

import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.encoding.Sha256;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotListing;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.work.WorkerPool;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.format.BundleFormat;
import dev.strandline.store.format.Generation;
import dev.strandline.store.format.NameList;
import dev.strandline.store.format.ObjectHeader;
import dev.strandline.store.format.ObjectType;
import dev.strandline.store.format.SealedObject;
import dev.strandline.store.format.SnapshotFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Snapshot records, each an object of its own or, when older, one of a bundle; without those that were forgotten. Safe for
 * use by several threads.
 */
public final class SnapshotRecords {
    /** How many records a task reads. */
    private static final int TOGETHER = 64;

    /** How often a reading begins anew because a garbage collection changed where records stand. */
    private static final int MAX_TRIES = 8;

    private final SmallObjects objects;
    private final Generations generations;

    /** What was read of bundles, which never change. */
    private final Map<ObjectName, Bundled> bundles = new ConcurrentHashMap<>();

    /** What was read of records that stand alone; fences are left out. */
    private final Map<ObjectName, Found> singles = new ConcurrentHashMap<>();

    public SnapshotRecords(SmallObjects objects) {
        this.objects = objects;
        this.generations = new Generations(objects);
    }

    /**
     * A snapshot and what else its record says.
     *
     * @param bundle where it stands; empty for an object of its own
     */
    public record Found(Snapshot snapshot, SnapshotFormat.Stored stored, Optional<ObjectName> bundle) {}

    /** The records of a bundle, and of those that can't be read, why. */
    private record Bundled(List<Found> found, Map<ObjectName, DamageException> damaged) {}

    /** Where records stand. */
    private record Place(Set<ObjectName> forgotten, List<ObjectName> single, List<Generation.Bundle> bundles) {}

    /** What a reading has brought so far. */
    private static final class Harvest {
        final Map<SnapshotId, Found> found = new HashMap<>(); // guarded by this
        final List<DamageException> damaged = Collections.synchronizedList(new ArrayList<>());
        Set<ObjectName> forgotten = Set.of();

        /** Of one that stands twice, because it has just been bundled, the bundled one counts. */
        synchronized void add(Found record) {
            found.merge(record.snapshot.id(), record, (a, b) -> a.bundle.isPresent() ? a : b);
        }

        synchronized List<Found> inNoOrder() {
            return List.copyOf(found.values());
        }

        synchronized List<Found> newestFirst(Predicate<Snapshot> wanted) {
            return found.values().stream()
                    .filter(each -> wanted.test(each.snapshot))
                    .sorted(Comparator.comparing(Found::snapshot, Snapshot.BY_TIME.reversed()))
                    .toList();
        }
    }

    /** A reading of some or all records. */
    private interface Reading {
        void of(Place place, Harvest harvest) throws RepositoryException;
    }

    /** Which records there are now. */
    public Standing standing() throws RepositoryException {
        var forgotten = forgotten(new ArrayList<>());
        long generation = generations.newest();
        var single = new HashSet<>(objects.backend().list(ObjectKind.SNAPSHOT));
        var digest = Sha256.create();
        forgotten.stream()
                .filter(name -> !single.contains(name))
                .map(ObjectName::idBytes)
                .sorted(Arrays::compare)
                .forEach(digest::update);
        single.removeAll(forgotten);
        return new Standing(generation, single, HexFormat.of().formatHex(digest.digest()));
    }

    /** All of them. */
    public SnapshotListing list(int workerCount) throws RepositoryException {
        var harvest = readAll(workerCount);
        return listing(harvest.newestFirst(_ -> true).reversed(), harvest);
    }

    /** All of them, with what else they say; in no particular order. */
    public Collection<Found> all(int workerCount) throws RepositoryException {
        var harvest = readAll(workerCount);
        if (!harvest.damaged.isEmpty()) {
            throw harvest.damaged.getFirst();
        }
        return harvest.inNoOrder();
    }

    /** All that can be read. */
    public Collection<Found> readable(int workerCount) throws RepositoryException {
        return readAll(workerCount).inNoOrder();
    }

    private Harvest readAll(int workerCount) throws RepositoryException {
        return harvest((place, harvest) -> {
            var tasks = readingSingle(place.single, harvest);
            for (var bundle : place.bundles) {
                tasks.add(() -> readBundle(bundle, place, harvest));
            }
            run(tasks, workerCount);
        });
    }

    /** The newest that are wanted, at most so many, oldest of them first; reads only as far back as it has to. */
    public SnapshotListing newest(int count, Predicate<Snapshot> wanted, int workerCount) throws RepositoryException {
        var harvest = harvest((place, reading) -> {
            run(readingSingle(place.single, reading), workerCount);
            var byNewest = new ArrayList<>(place.bundles);
            byNewest.sort(Comparator.comparing(Generation.Bundle::newest).reversed());
            for (var bundle : byNewest) {
                var known = reading.newestFirst(wanted);
                if (known.size() >= count
                        && known.get(count - 1).snapshot.record().time().isAfter(bundle.newest())) {
                    break;
                }
                readBundle(bundle, place, reading);
            }
        });
        var found = harvest.newestFirst(wanted);
        return listing(found.subList(0, Math.min(count, found.size())).reversed(), harvest);
    }

    private static SnapshotListing listing(List<Found> found, Harvest harvest) {
        return new SnapshotListing(
                found.stream().map(Found::snapshot).toList(),
                harvest.damaged,
                harvest.forgotten.stream()
                        .map(name -> new SnapshotId(name.id()))
                        .collect(Collectors.toSet()));
    }

    /** Reads, and begins anew when a generation came into force meanwhile, because records may have moved then. */
    private Harvest harvest(Reading reading) throws RepositoryException {
        for (int i = 1; ; i++) {
            var harvest = new Harvest();
            // What replaces a snapshot is there before that is forgotten: so notes are read before records.
            var forgotten = forgotten(harvest.damaged);
            harvest.forgotten = forgotten;
            long generation = generations.newest();
            List<Generation.Bundle> bundles = List.of();
            try {
                bundles = generations.read(generation).bundles();
            } catch (DamageException damage) {
                harvest.damaged.add(damage);
                bundles = allBundles();
            }
            var single = objects.backend().list(ObjectKind.SNAPSHOT);
            single.removeAll(forgotten);
            reading.of(new Place(forgotten, single, bundles), harvest);
            if (generations.newest() == generation || i == MAX_TRIES) {
                return harvest;
            }
        }
    }

    /** When no generation says which count: one that counts no more holds nothing but what was forgotten or stands elsewhere. */
    private List<Generation.Bundle> allBundles() throws RepositoryException {
        return objects.backend().list(ObjectKind.BUNDLE).stream()
                .map(name -> new Generation.Bundle(name, Instant.MIN, Instant.MAX, 0))
                .toList();
    }

    private Set<ObjectName> forgotten(List<DamageException> damaged) throws RepositoryException {
        var forgotten = new HashSet<ObjectName>();
        for (var note : objects.backend().list(ObjectKind.FORGOTTEN)) {
            try {
                forgotten.addAll(forgottenBy(note));
            } catch (DamageException damage) {
                if (objects.backend().size(note).isPresent()) {
                    damaged.add(damage);
                }
            }
        }
        return forgotten;
    }

    /** The snapshots that a note says are forgotten. */
    public Set<ObjectName> forgottenBy(ObjectName note) throws RepositoryException {
        return objects.read(note, ObjectType.FORGOTTEN, plain -> NameList.decode(plain, ObjectKind.SNAPSHOT));
    }

    /** Notes that snapshots are forgotten: all or none of them, and durable when this returns. */
    public void forget(Collection<SnapshotId> ids) throws RepositoryException {
        var names = ids.stream()
                .map(id -> new ObjectName(ObjectKind.SNAPSHOT, id.hex()))
                .collect(Collectors.toSet());
        if (!objects.publish(objects.newName(ObjectType.FORGOTTEN), ObjectType.FORGOTTEN, NameList.encode(names))) {
            throw new IllegalStateException("a note of this random id exists already");
        }
    }

    /** A part of a reading. */
    private interface Task {
        void run() throws RepositoryException;
    }

    private List<Task> readingSingle(List<ObjectName> names, Harvest harvest) {
        var tasks = new ArrayList<Task>();
        for (int start = 0; start < names.size(); start += TOGETHER) {
            var some = names.subList(start, Math.min(start + TOGETHER, names.size()));
            tasks.add(() -> readSingle(some, harvest));
        }
        return tasks;
    }

    /** With so many threads where there is enough to be worth it. */
    private static void run(List<Task> tasks, int workerCount) throws RepositoryException {
        if (tasks.size() == 1) {
            tasks.getFirst().run();
        }
        if (tasks.size() <= 1) {
            return;
        }
        try (var pool = new WorkerPool<>("records", workerCount, Object::new)) {
            for (var task : tasks) {
                pool.submit(_ -> task.run());
            }
            pool.awaitAll();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while snapshots were listed");
        }
    }

    private void readSingle(List<ObjectName> names, Harvest harvest) throws RepositoryException {
        for (var name : names) {
            try {
                var known = singles.get(name);
                if (known == null) {
                    known = single(name);
                }
                if (known != null) {
                    harvest.add(known);
                }
            } catch (DamageException damage) {
                // One that has been bundled or forgotten and removed since is no damage.
                if (objects.backend().size(name).isPresent()) {
                    harvest.damaged.add(damage);
                }
            }
        }
    }

    private @Nullable Found single(ObjectName name) throws RepositoryException {
        var stored = read(name);
        if (stored.isEmpty()) {
            return null;
        }
        var snapshot = new Snapshot(new SnapshotId(name.id()), stored.get().record());
        var found = new Found(snapshot, stored.get(), Optional.empty());
        singles.put(name, found);
        return found;
    }

    private void readBundle(Generation.Bundle bundle, Place place, Harvest harvest) throws RepositoryException {
        try {
            var known = bundles.get(bundle.name());
            if (known == null) {
                known = bundled(bundle);
                bundles.put(bundle.name(), known);
            }
            for (var damage : known.damaged.entrySet()) {
                if (!place.forgotten.contains(damage.getKey())) {
                    harvest.damaged.add(damage.getValue());
                }
            }
            for (var each : known.found) {
                if (!place.forgotten.contains(
                        new ObjectName(ObjectKind.SNAPSHOT, each.snapshot.id().hex()))) {
                    harvest.add(each);
                }
            }
        } catch (DamageException damage) {
            harvest.damaged.add(damage);
        }
    }

    /** One that can't be read doesn't hide the others. */
    private Bundled bundled(Generation.Bundle bundle) throws RepositoryException {
        var known = new Bundled(new ArrayList<>(), new HashMap<>());
        for (var record : recordsOf(bundle.name()).entrySet()) {
            try {
                known.found.add(found(record.getKey(), record.getValue(), bundle));
            } catch (DamageException damage) {
                known.damaged.put(
                        new ObjectName(ObjectKind.SNAPSHOT, record.getKey().hex()), damage);
            }
        }
        return known;
    }

    private static Found found(SnapshotId id, byte[] plain, Generation.Bundle bundle) throws DamageException {
        try {
            var stored = SnapshotFormat.decode(plain);
            return new Found(new Snapshot(id, stored.record()), stored, Optional.of(bundle.name()));
        } catch (MalformedException e) {
            throw new DamageException(
                    new ObjectName(ObjectKind.SNAPSHOT, id.hex()).toString(),
                    "as it stands in " + bundle.name() + ", " + e.getMessage());
        }
    }

    private Map<SnapshotId, byte[]> recordsOf(ObjectName bundle) throws RepositoryException {
        return objects.read(bundle, ObjectType.BUNDLE, BundleFormat::decode);
    }

    /** The snapshots whose records stand in a bundle, forgotten ones too. */
    public Set<SnapshotId> idsOf(Generation.Bundle bundle) throws RepositoryException {
        return recordsOf(bundle.name()).keySet();
    }

    /** The plain bytes of records, as they were written, in the same order. */
    public Map<SnapshotId, byte[]> plain(List<Found> some) throws RepositoryException {
        var bundles = new HashMap<ObjectName, Map<SnapshotId, byte[]>>();
        var plain = new LinkedHashMap<SnapshotId, byte[]>();
        for (var found : some) {
            var id = found.snapshot.id();
            byte[] bytes;
            if (found.bundle.isPresent()) {
                var bundle = found.bundle.get();
                if (!bundles.containsKey(bundle)) {
                    bundles.put(bundle, recordsOf(bundle));
                }
                bytes = bundles.get(bundle).get(id);
            } else {
                var name = new ObjectName(ObjectKind.SNAPSHOT, id.hex());
                bytes = objects.read(name, ObjectType.SNAPSHOT, each -> each);
            }
            plain.put(id, bytes);
        }
        return plain;
    }

    /** A record that is an object of its own; empty when a fence stands in its place. */
    public Optional<SnapshotFormat.Stored> read(ObjectName name) throws RepositoryException {
        byte[] object = objects.backend().readAll(name, SealedObject.MAX_BYTES);
        if (ObjectHeader.isOf(ObjectType.FENCE, object)) {
            objects.decode(name, ObjectType.FENCE, object, plain -> plain);
            return Optional.empty();
        }
        return Optional.of(objects.decode(name, ObjectType.SNAPSHOT, object, SnapshotFormat::decode));
    }

    /** One snapshot; empty when there is none of this id, or it is damaged or forgotten. */
    public Optional<Snapshot> find(SnapshotId id) throws RepositoryException {
        var name = new ObjectName(ObjectKind.SNAPSHOT, id.hex());
        var harvest = harvest((place, reading) -> {
            if (place.forgotten.contains(name)) {
                return;
            }
            if (place.single.contains(name)) {
                readSingle(List.of(name), reading);
            }
            for (var bundle : place.bundles) {
                if (reading.found.isEmpty()) {
                    readOneOf(bundle, id, reading);
                }
            }
        });
        return Optional.ofNullable(harvest.found.get(id)).map(Found::snapshot);
    }

    private void readOneOf(Generation.Bundle bundle, SnapshotId id, Harvest harvest) throws RepositoryException {
        try {
            byte[] plain = recordsOf(bundle.name()).get(id);
            if (plain != null) {
                harvest.add(found(id, plain, bundle));
            }
        } catch (DamageException damage) {
            harvest.damaged.add(damage);
        }
    }
}
