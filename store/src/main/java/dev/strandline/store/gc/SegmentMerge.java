package dev.strandline.store.gc;

import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.catalog.SmallObjects;
import dev.strandline.store.format.ObjectType;
import dev.strandline.store.format.SegmentFormat;
import dev.strandline.store.format.SegmentFormat.PackListing;
import dev.strandline.store.index.ChunkIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Puts index segments together. Small ones are merged when there are many of them; of large ones a few are looked at each
 * time, and replaced when half of what they list is gone. What a segment lists beside is no harm: a pack counts when it is
 * there.
 */
final class SegmentMerge {
    private static final long SMALL_BYTES = 1L << 20;
    private static final int MAX_SMALL = 8;
    private static final int LOOKED_AT = 4;
    private static final int MAX_CHUNKS = 50_000;

    private final SmallObjects objects;
    private final Map<ObjectName, PackListing> kept = new LinkedHashMap<>();
    private final List<ObjectName> replaced = new ArrayList<>();

    SegmentMerge(SmallObjects objects) {
        this.objects = objects;
    }

    /** Segments that are replaced by those that {@link #publish} writes. */
    List<ObjectName> replaced() {
        return List.copyOf(replaced);
    }

    /**
     * Decides.
     *
     * @param segments there are
     * @param gone packs that are condemned or not there
     * @param written packs that no segment lists yet
     */
    void plan(Collection<ObjectName> segments, Predicate<ObjectName> gone, List<PackListing> written)
            throws RepositoryException {
        var small = new ArrayList<ObjectName>();
        var large = new ArrayList<ObjectName>();
        for (var segment : segments) {
            long size = objects.backend().size(segment).orElse(0);
            (size < SMALL_BYTES ? small : large).add(segment);
        }
        Collections.shuffle(large, new Random(objects.random().nextLong()));
        boolean many = small.size() >= MAX_SMALL;
        for (var segment : small) {
            take(segment, gone, many);
        }
        for (var segment : large.subList(0, Math.min(LOOKED_AT, large.size()))) {
            take(segment, gone, false);
        }
        written.forEach(listing -> kept.put(listing.pack(), listing));
    }

    private void take(ObjectName segment, Predicate<ObjectName> gone, boolean always) throws RepositoryException {
        var listings = ChunkIndex.readSegment(objects.backend(), segment, objects.key());
        long left = listings.stream().filter(each -> !gone.test(each.pack())).count();
        if (always || 2 * left < listings.size() || left == 0) {
            replaced.add(segment);
            for (var listing : listings) {
                if (!gone.test(listing.pack())) {
                    kept.put(listing.pack(), listing);
                }
            }
        }
    }

    /** Writes the new segments and tells the index. */
    void publish(ChunkIndex index) throws RepositoryException {
        var some = new ArrayList<PackListing>();
        long chunks = 0;
        for (var listing : kept.values()) {
            some.add(listing);
            chunks += Repacker.chunks(listing).size();
            if (chunks >= MAX_CHUNKS) {
                publish(some, index);
                some.clear();
                chunks = 0;
            }
        }
        if (!some.isEmpty()) {
            publish(some, index);
        }
    }

    private void publish(List<PackListing> listings, ChunkIndex index) throws RepositoryException {
        var name = objects.newName(ObjectType.SEGMENT);
        if (!objects.publish(name, ObjectType.SEGMENT, SegmentFormat.encode(listings))) {
            throw new IllegalStateException("an object of this random id exists already: " + name);
        }
        index.listed(listings.stream().map(PackListing::pack).toList(), name);
    }
}
