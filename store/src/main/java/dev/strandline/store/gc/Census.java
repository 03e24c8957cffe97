package dev.strandline.store.gc;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.reach.Marker;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.catalog.SmallObjects;
import dev.strandline.store.catalog.SnapshotRecords;
import dev.strandline.store.catalog.Standing;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.pack.PackReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Of each chunk, whether one snapshot holds it or several do. The index keeps that, so that only snapshots that came since are
 * looked at, and what a snapshot holds alone is found without looking at what it shares. At most four bits for each chunk and
 * about 100 bytes for each pack. To be used by one thread.
 */
public final class Census {
    private static final int MAX_STREAM_CHARACTERS = 64;

    private final SmallObjects objects;
    private final ChunkIndex index;
    private final ChunkSource chunks;
    private final Runnable pulse;
    private final ChunkNumbers numbers;
    private final Counts counts;
    private final ChunkPlaces places;

    /** What each chunk of a pack takes of it, in bytes. */
    private final Map<ObjectName, int[]> shares = new HashMap<>();

    /**
     * How often what was met.
     *
     * @param held chunks that are needed
     * @param entered of these, directories and lists whose references were followed
     * @param streams the same of those of several chunks; true when several snapshots hold one
     */
    private record Counts(Tally held, Tally entered, Map<String, Boolean> streams) {
        Counts() {
            this(new Tally(), new Tally(), new HashMap<>());
        }

        void encode(Encoder out) {
            held.encode(out);
            entered.encode(out);
            out.varint(streams.size());
            streams.forEach((stream, isHeldBySeveral) -> out.text(stream).varint(isHeldBySeveral ? 1 : 0));
        }

        static Counts decode(Decoder in) throws MalformedException {
            var held = Tally.decode(in);
            var entered = Tally.decode(in);
            var streams = new HashMap<String, Boolean>();
            for (int left = in.varint(Integer.MAX_VALUE, "a number of streams"); left > 0; left--) {
                streams.put(in.text(MAX_STREAM_CHARACTERS, "a stream"), in.varint(1, "whether several hold it") == 1);
            }
            return new Counts(held, entered, streams);
        }
    }

    /** As the index keeps it. */
    private record Kept(Standing standing, ChunkNumbers numbers, Counts counts) {
        byte[] encode() {
            var out = new Encoder();
            standing.encode(out);
            numbers.encode(out);
            counts.encode(out);
            return out.toBytes();
        }

        static Kept decode(byte[] bytes, ChunkIndex index) throws MalformedException {
            var in = new Decoder(bytes);
            var kept = new Kept(Standing.decode(in), ChunkNumbers.decode(in, index), Counts.decode(in));
            in.expectEnd();
            return kept;
        }
    }

    private Census(SmallObjects objects, ChunkIndex index, ChunkSource chunks, Runnable pulse, Kept before) {
        this.objects = objects;
        this.index = index;
        this.chunks = chunks;
        this.pulse = pulse;
        this.numbers = before.numbers;
        this.counts = before.counts;
        this.places = new ChunkPlaces(index, numbers);
    }

    /**
     * Counts all snapshots that there are, going on from what was counted before.
     *
     * @param pulse called often; what it throws ends this
     * @throws dev.strandline.core.repository.DamageException when anything can't be read
     */
    public static Census take(
            SmallObjects objects,
            SnapshotRecords records,
            ChunkIndex index,
            ChunkSource chunks,
            int workerCount,
            Runnable pulse)
            throws RepositoryException {
        // What comes after this is newer, even if its record is read.
        var standing = records.standing();
        var kept = kept(index);
        if (kept != null && kept.standing.isStillSo(standing)) {
            var census = new Census(objects, index, chunks, pulse, kept);
            var newer = newer(records, kept.standing, standing);
            if (!newer.isEmpty()) {
                // What they are made of is listed before their records are there, but may be newer than what is known
                // here.
                index.refresh();
                census.count(newer);
            }
            census.keep(kept.standing, standing);
            return census;
        }
        var nothing = new Kept(standing, new ChunkNumbers(index), new Counts());
        var census = new Census(objects, index, chunks, pulse, nothing);
        var all = new ArrayList<Snapshot>();
        for (var found : records.all(workerCount)) {
            if (found.bundle().isPresent()
                    || standing.hasSingle(found.snapshot().id())) {
                all.add(found.snapshot());
            }
        }
        index.refresh();
        // Neighbours share most, and what they share is at hand then.
        all.sort(Snapshot.BY_TIME);
        census.count(all);
        census.keep(null, standing);
        return census;
    }

    private static @Nullable Kept kept(ChunkIndex index) throws RepositoryException {
        var kept = index.census();
        try {
            return kept.isEmpty() ? null : Kept.decode(kept.get(), index);
        } catch (MalformedException _) {
            return null;
        }
    }

    private static List<Snapshot> newer(SnapshotRecords records, Standing before, Standing now)
            throws RepositoryException {
        var newer = new ArrayList<Snapshot>();
        for (var name : now.single()) {
            if (!before.single().contains(name)) {
                records.read(name)
                        .ifPresent(stored -> newer.add(new Snapshot(new SnapshotId(name.id()), stored.record())));
            }
        }
        return newer;
    }

    private void keep(@Nullable Standing before, Standing now) throws RepositoryException {
        if (!now.equals(before)) {
            index.keepCensus(new Kept(now, numbers, counts).encode());
        }
    }

    private void count(List<Snapshot> snapshots) throws RepositoryException {
        var counter = new Counter();
        var marker = new Marker(chunks, counter, pulse);
        for (var snapshot : snapshots) {
            counter.begin();
            marker.mark(List.of(snapshot));
        }
    }

    /** What a snapshot that was counted holds alone, in stored bytes. */
    public long exclusiveBytes(Snapshot snapshot) throws RepositoryException {
        var alone = new Alone();
        new Marker(chunks, alone, pulse).mark(List.of(snapshot));
        return alone.bytes;
    }

    private long share(ChunkPlaces.Place place) throws RepositoryException {
        var pack = place.location().pack();
        var ofPack = shares.get(pack);
        if (ofPack == null) {
            var listing = PackReader.contents(objects.backend(), pack, objects.key());
            ofPack = listing.contents().frames().stream()
                    .flatMapToInt(frame -> Arrays.stream(frame.shares()))
                    .toArray();
            shares.put(pack, ofPack);
        }
        return ofPack[place.location().chunkNumber()];
    }

    /** Counts one snapshot after the other. */
    private final class Counter extends Holding {
        private RoaringBitmap hisHeld = new RoaringBitmap();
        private RoaringBitmap hisEntered = new RoaringBitmap();
        private Set<String> hisStreams = new HashSet<>();

        Counter() {
            super(index, places);
        }

        synchronized void begin() {
            hisHeld = new RoaringBitmap();
            hisEntered = new RoaringBitmap();
            hisStreams = new HashSet<>();
        }

        @Override
        void hold(ChunkPlaces.Place place) {
            counts.held.count(place.number(), hisHeld);
        }

        @Override
        boolean enter(ChunkPlaces.Place place) {
            return counts.entered.count(place.number(), hisEntered);
        }

        @Override
        boolean enter(String stream) {
            if (!hisStreams.add(stream)) {
                return false;
            }
            var isHeldBySeveral = counts.streams.put(stream, counts.streams.containsKey(stream));
            return isHeldBySeveral == null || !isHeldBySeveral;
        }
    }

    /** Goes where one snapshot is alone. */
    private final class Alone extends Holding {
        private final RoaringBitmap held = new RoaringBitmap();
        private final RoaringBitmap entered = new RoaringBitmap();
        private final Set<String> streams = new HashSet<>();
        private long bytes;

        Alone() {
            super(index, places);
        }

        @Override
        void hold(ChunkPlaces.Place place) throws RepositoryException {
            if (counts.held.hasOne(place.number()) && held.checkedAdd(place.number())) {
                bytes += share(place);
            }
        }

        @Override
        boolean enter(ChunkPlaces.Place place) {
            return counts.entered.hasOne(place.number()) && entered.checkedAdd(place.number());
        }

        @Override
        boolean enter(String stream) {
            return Boolean.FALSE.equals(counts.streams.get(stream)) && streams.add(stream);
        }
    }
}
