package dev.strandline.store.gc;

import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.catalog.SmallObjects;
import dev.strandline.store.catalog.SnapshotRecords;
import dev.strandline.store.catalog.SnapshotRecords.Found;
import dev.strandline.store.format.BundleFormat;
import dev.strandline.store.format.Generation;
import dev.strandline.store.format.ObjectType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/**
 * Puts old snapshot records together, so that neither their number of files nor a list of the newest grows with the years.
 * A bundle of which less than half is left is taken apart into the next one.
 */
final class RecordMerge {
    /** So many of the newest stay objects of their own. */
    static final int NEWEST = 128;

    /** Only when there are so many more is anything done. */
    static final int MIN_MERGED = 128;

    private final SmallObjects objects;
    private final SnapshotRecords all;
    private final List<Generation.Bundle> kept = new ArrayList<>();
    private final List<Found> merged = new ArrayList<>();

    RecordMerge(SmallObjects objects, SnapshotRecords all) {
        this.objects = objects;
        this.all = all;
    }

    /** Records that are put together, or again. */
    int count() {
        return merged.size();
    }

    /**
     * Decides.
     *
     * @param records all there are
     * @param sessions ids of runs whose record must stay where it is, because they may not know yet that it is there
     */
    void plan(Collection<Found> records, List<Generation.Bundle> bundles, Set<String> sessions) {
        var single = records.stream()
                .filter(found -> found.bundle().isEmpty())
                .filter(found -> !sessions.contains(found.snapshot().id().hex()))
                .sorted(Comparator.comparing(Found::snapshot, Snapshot.BY_TIME))
                .toList();
        var bundled = new HashMap<ObjectName, List<Found>>();
        for (var found : records) {
            found.bundle()
                    .ifPresent(bundle -> bundled.computeIfAbsent(bundle, _ -> new ArrayList<>())
                            .add(found));
        }
        boolean many = single.size() >= NEWEST + MIN_MERGED;
        for (var bundle : bundles) {
            var left = bundled.getOrDefault(bundle.name(), List.of());
            boolean sparse = 2 * left.size() < bundle.count();
            boolean unfilled = many && bundle.count() < BundleFormat.MAX_RECORDS / 2;
            if (sparse || unfilled) {
                merged.addAll(left);
            } else {
                kept.add(bundle);
            }
        }
        if (many) {
            merged.addAll(single.subList(0, single.size() - NEWEST));
        }
        merged.sort(Comparator.comparing(Found::snapshot, Snapshot.BY_TIME));
    }

    /** Whether a generation with these bundles would say something new. */
    boolean changes(List<Generation.Bundle> bundles) {
        return !merged.isEmpty() || kept.size() != bundles.size();
    }

    /** Writes the new bundles; they count once a generation names them. */
    List<Generation.Bundle> publish() throws RepositoryException {
        var bundles = new ArrayList<>(kept);
        for (int start = 0; start < merged.size(); start += BundleFormat.MAX_RECORDS) {
            bundles.add(publish(merged.subList(start, Math.min(start + BundleFormat.MAX_RECORDS, merged.size()))));
        }
        bundles.sort(Comparator.comparing(Generation.Bundle::newest));
        return bundles;
    }

    private Generation.Bundle publish(List<Found> records) throws RepositoryException {
        var plain = all.plain(records);
        var name = objects.newName(ObjectType.BUNDLE);
        if (!objects.publish(name, ObjectType.BUNDLE, BundleFormat.encode(plain))) {
            throw new IllegalStateException("an object of this random id exists already: " + name);
        }
        var oldest = time(records.getFirst());
        var newest = time(records.getLast());
        return new Generation.Bundle(
                name,
                Instant.ofEpochSecond(oldest.getEpochSecond()),
                Instant.ofEpochSecond(newest.getEpochSecond() + (newest.getNano() > 0 ? 1 : 0)),
                records.size());
    }

    private static Instant time(Found found) {
        return found.snapshot().record().time();
    }
}
