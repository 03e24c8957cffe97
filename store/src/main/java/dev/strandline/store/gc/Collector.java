package dev.strandline.store.gc;

import dev.strandline.core.encoding.Sum;
import dev.strandline.core.reach.Marker;
import dev.strandline.core.repository.BusyException;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.CollectionOptions;
import dev.strandline.core.repository.CollectionReport;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.StorageException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.catalog.Generations;
import dev.strandline.store.catalog.Session;
import dev.strandline.store.catalog.SmallObjects;
import dev.strandline.store.catalog.SnapshotRecords;
import dev.strandline.store.catalog.SnapshotRecords.Found;
import dev.strandline.store.format.Generation;
import dev.strandline.store.format.SegmentFormat.PackListing;
import dev.strandline.store.format.SessionMark;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.index.StoredPack;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One garbage collection. It looks at what snapshots need, copies that out of packs that are mostly unused, and publishes what
 * is condemned; {@link Disposal} carries that out once no run is left that began before. Whatever can't be read ends it before
 * anything is deleted, and it may be ended anywhere: the next one goes on. One use, one thread.
 */
public final class Collector {
    private final SmallObjects objects;
    private final ChunkIndex index;
    private final ChunkSource chunks;
    private final Clock clock;
    private final int workerCount;
    private final long packTargetBytes;
    private final SnapshotRecords records;
    private final Generations generations;

    public Collector(
            SmallObjects objects,
            SnapshotRecords records,
            ChunkIndex index,
            ChunkSource chunks,
            Clock clock,
            int workerCount,
            long packTargetBytes) {
        this.objects = objects;
        this.index = index;
        this.chunks = chunks;
        this.clock = clock;
        this.workerCount = workerCount;
        this.packTargetBytes = packTargetBytes;
        this.records = records;
        this.generations = new Generations(objects);
    }

    /**
     * Whether one is worth its while: when as many records stand alone as it would put together, and their packs with them. By
     * no clock, so that a wrong one neither calls for it each time nor never.
     */
    public static boolean isDue(Backend backend) throws StorageException {
        return backend.list(ObjectKind.SNAPSHOT).size() >= RecordMerge.NEWEST + RecordMerge.MIN_MERGED;
    }

    /** See {@code Repository.collect}. */
    public CollectionReport run(CollectionOptions options, Runnable pulse) throws RepositoryException {
        SelfTest.run(objects.backend(), objects.random());
        try (var session = Session.enter(objects, SessionMark.Role.COLLECTOR, clock.instant())) {
            return new Run(options, pulse, new Sessions(objects, session.id())).collect();
        }
    }

    /** What one collection has in its hands. */
    private final class Run {
        private final CollectionOptions options;
        private final Runnable pulse;
        private final Sessions sessions;
        private final Instant end;
        private final LiveChunks live = new LiveChunks(index);
        private final Marker marker;
        private final Disposal disposal;
        private final Set<SnapshotId> marked = new HashSet<>();

        Run(CollectionOptions options, Runnable pulse, Sessions sessions) throws RepositoryException {
            this.options = options;
            this.pulse = pulse;
            this.sessions = sessions;
            this.end = options.maxTime().map(clock.instant()::plus).orElse(Instant.MAX);
            this.marker = new Marker(chunks, live, pulse);
            this.disposal = new Disposal(objects, index, generations, records);
        }

        CollectionReport collect() throws RepositoryException {
            // The sessions of the dead go whether or not there is something to do.
            var others = sessions.settle(0, clock.instant());
            if (others.collecting()) {
                throw new BusyException(
                        "another garbage collection is at work", "Nothing needs doing: it frees what there is.");
            }
            var outlook = generations.outlook();
            for (long pending : outlook.pending()) {
                int alive = options.dryRun() ? 0 : finish(pending, generations.read(pending));
                if (alive > 0) {
                    return report(plan(List.of()), List.of(), Disposal.Done.NOTHING, 0, alive);
                }
            }
            // Whatever number it has been given, no other collection that begins later can come into force before it.
            long number = outlook.newest() + 1;
            var current = generations.read(outlook.newest());
            var found = mark();
            var plan = plan(index.packs().stream()
                    .filter(pack -> pack.listed() || !others.writing())
                    .toList());
            var merge = new RecordMerge(objects, records);
            merge.plan(
                    found,
                    current.bundles(),
                    sessions.settle(0, clock.instant()).ids());
            if (options.dryRun()) {
                return report(plan, List.of(), Disposal.Done.NOTHING, merge.count(), 0);
            }
            return carryOut(number, current, plan, merge, found, others);
        }

        private CollectionPlan plan(List<StoredPack> packs) {
            return CollectionPlan.of(packs, live, options.maxUnused());
        }

        /** Marks what was not marked before. */
        private Collection<Found> mark() throws RepositoryException {
            var found = records.all(workerCount);
            // What a run committed meanwhile is listed before its record is there, but may be newer than what is known
            // here.
            index.refresh();
            for (var damage : index.damages()) {
                throw damage;
            }
            var fresh = new ArrayList<Snapshot>();
            for (var each : found) {
                var id = each.snapshot().id();
                if (!options.without().contains(id) && marked.add(id)) {
                    fresh.add(each.snapshot());
                }
            }
            marker.mark(fresh);
            return found;
        }

        private CollectionReport carryOut(
                long number,
                Generation current,
                CollectionPlan plan,
                RecordMerge merge,
                Collection<Found> found,
                Sessions.Others others)
                throws RepositoryException {
            var condemned = plan.dead().stream().map(StoredPack::name).collect(Collectors.toCollection(HashSet::new));
            var written = rewrite(plan, condemned);
            var segments = new SegmentMerge(objects);
            var there = index.livePacks();
            segments.plan(index.segments(), pack -> condemned.contains(pack) || !there.contains(pack), written);
            if (condemned.isEmpty() && segments.replaced().isEmpty() && !merge.changes(current.bundles())) {
                disposal.tidy(current, found, others, clock.instant());
                return report(plan, written, disposal.done(), 0, 0);
            }
            segments.publish(index);
            var generation = new Generation(condemned, Set.copyOf(segments.replaced()), merge.publish());
            if (!generations.publish(number, generation)) {
                throw new BusyException(
                        "another garbage collection was faster", "Nothing needs doing: it frees what there is.");
            }
            int alive = finish(number, generation);
            return report(plan, written, disposal.done(), merge.count(), alive);
        }

        /** Copies what is live out of packs, as far as there is time and room, and condemns those. */
        private List<PackListing> rewrite(CollectionPlan plan, Set<ObjectName> condemned) throws RepositoryException {
            var copied = new ArrayList<ObjectName>();
            try (var repacker = new Repacker(objects, live, packTargetBytes, workerCount)) {
                for (var pack : plan.rewritten()) {
                    pulse.run();
                    if (clock.instant().isAfter(end)) {
                        break;
                    }
                    repacker.copy(pack.name());
                    copied.add(pack.name());
                }
                repacker.finish();
                for (var listing : repacker.written()) {
                    index.add(listing);
                    live.moved(Repacker.chunks(listing));
                }
                condemned.addAll(copied);
                return repacker.written();
            } catch (StorageException e) {
                if (condemned.isEmpty()) {
                    throw e;
                }
                // Without room for copies, at least what is wholly unused makes some.
                return List.of();
            }
        }

        /** @return how many runs it would have to wait for; then nothing was deleted */
        private int finish(long number, Generation generation) throws RepositoryException {
            var deadline = clock.instant().plus(options.patience());
            var others = sessions.settle(number, clock.instant());
            while (others.before() > 0 && clock.instant().isBefore(deadline)) {
                pulse.run();
                pause();
                others = sessions.settle(number, clock.instant());
            }
            if (others.before() > 0) {
                return others.before();
            }
            index.avoid(generation.condemned());
            var found = mark();
            disposal.carryOut(number, generation, live, found, others.ids(), clock.instant());
            return 0;
        }

        private static void pause() {
            try {
                Thread.sleep(20);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for other runs");
            }
        }

        private CollectionReport report(
                CollectionPlan plan, List<PackListing> written, Disposal.Done done, int mergedRecords, int alive) {
            return new CollectionReport(
                    marked.size(),
                    plan.liveChunks(),
                    plan.unusedChunks(),
                    plan.packBytes(),
                    plan.dead().size(),
                    plan.rewritten().size(),
                    done.packs(),
                    written.stream().mapToLong(PackListing::sizeBytes).reduce(0, Sum::saturated),
                    done.bytes(),
                    plan.remainingUnusedBytes(),
                    mergedRecords,
                    alive);
        }
    }
}
