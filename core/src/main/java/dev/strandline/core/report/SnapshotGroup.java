package dev.strandline.core.report;

import dev.strandline.core.encoding.Sum;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The snapshots that have something in common: a host, a captured path, a tag.
 *
 * @param key what they have in common
 * @param first the time of the oldest
 * @param last the time of the newest
 * @param bytes logical size of the newest
 * @param addedBytes plain bytes of the chunks that were new, in all of them
 * @param storedBytes what these took
 */
public record SnapshotGroup<K>(
        K key, int snapshots, Instant first, Instant last, long bytes, long addedBytes, long storedBytes) {

    /**
     * All groups, those that took most first; a snapshot is in as many as it has keys.
     *
     * @param snapshots oldest first
     */
    public static <K extends Comparable<? super K>> List<SnapshotGroup<K>> by(
            Collection<Snapshot> snapshots, Function<SnapshotRecord, ? extends Collection<K>> keys) {
        Map<K, SnapshotGroup<K>> groups = new HashMap<>();
        for (var snapshot : snapshots) {
            var record = snapshot.record();
            var totals = record.totals();
            for (K key : keys.apply(record)) {
                var one = new SnapshotGroup<>(
                        key,
                        1,
                        record.time(),
                        record.time(),
                        totals.bytes(),
                        totals.addedBytes(),
                        totals.storedBytes());
                groups.merge(key, one, SnapshotGroup::and);
            }
        }
        return groups.values().stream()
                .sorted(Comparator.comparingLong((SnapshotGroup<K> group) -> group.storedBytes)
                        .reversed()
                        .thenComparing(SnapshotGroup::key))
                .toList();
    }

    private SnapshotGroup<K> and(SnapshotGroup<K> newer) {
        return new SnapshotGroup<>(
                key,
                snapshots + newer.snapshots,
                first,
                newer.last,
                newer.bytes,
                Sum.saturated(addedBytes, newer.addedBytes),
                Sum.saturated(storedBytes, newer.storedBytes));
    }
}
