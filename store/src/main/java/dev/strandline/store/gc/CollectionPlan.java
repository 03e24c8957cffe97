package dev.strandline.store.gc;

import dev.strandline.core.encoding.Sum;
import dev.strandline.store.index.StoredPack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to become of packs.
 *
 * @param dead packs that hold nothing live
 * @param rewritten packs whose live chunks are to be copied to others, those first that gain most
 * @param liveChunks in all packs
 * @param unusedChunks in all packs
 * @param packBytes of all packs
 * @param remainingUnusedBytes about what unused chunks take in the packs that stay as they are
 */
record CollectionPlan(
        List<StoredPack> dead,
        List<StoredPack> rewritten,
        long liveChunks,
        long unusedChunks,
        long packBytes,
        long remainingUnusedBytes) {
    /** A pack below this is worth merging with others. */
    static final long SMALL_BYTES = 8L << 20;

    /** So few small packs do no harm: copying them to save a file each is too much. */
    private static final int MIN_SMALL = 32;

    /** A pack up to this size is of one run with a few changes, and costs nearly nothing to copy. */
    private static final long TINY_BYTES = 64 << 10;

    /** So few of those do no harm. */
    private static final int MIN_TINY = 8;

    /** A pack and how much of it is live. */
    private record Usage(StoredPack pack, int live) {
        long unusedBytes() {
            return pack.sizeBytes() * (pack.chunkCount() - live) / Math.max(1, pack.chunkCount());
        }

        /** What is gained for each byte that is copied. */
        double gain() {
            return unusedBytes() / (double) Math.max(1, pack.sizeBytes() - unusedBytes());
        }
    }

    /** @param maxUnused what share of all bytes may stay unused */
    static CollectionPlan of(List<StoredPack> packs, LiveChunks live, double maxUnused) {
        var dead = new ArrayList<StoredPack>();
        var used = new ArrayList<Usage>();
        long liveChunks = 0;
        long chunks = 0;
        long bytes = 0;
        for (var pack : packs) {
            int count = live.count(pack);
            liveChunks += count;
            chunks += pack.chunkCount();
            bytes = Sum.saturated(bytes, pack.sizeBytes());
            if (count == 0) {
                dead.add(pack);
            } else {
                used.add(new Usage(pack, count));
            }
        }
        var rewritten = rewritten(used, maxUnused);
        var names = new HashSet<>(rewritten);
        long remaining = used.stream()
                .filter(usage -> !names.contains(usage.pack))
                .mapToLong(Usage::unusedBytes)
                .reduce(0, Sum::saturated);
        return new CollectionPlan(dead, rewritten, liveChunks, chunks - liveChunks, bytes, remaining);
    }

    private static List<StoredPack> rewritten(List<Usage> used, double maxUnused) {
        var rewritten = new ArrayList<StoredPack>();
        long bytes = 0;
        long unused = 0;
        for (var usage : used) {
            bytes = Sum.saturated(bytes, usage.pack.sizeBytes());
            unused = Sum.saturated(unused, usage.unusedBytes());
        }
        used.sort(Comparator.comparingDouble(Usage::gain).reversed());
        for (var usage : used) {
            if (unused <= maxUnused * bytes || usage.unusedBytes() == 0) {
                break;
            }
            rewritten.add(usage.pack);
            unused -= usage.unusedBytes();
            bytes -= usage.unusedBytes();
        }
        var already = Set.copyOf(rewritten);
        rewritten.addAll(mergeable(used.stream()
                .map(Usage::pack)
                .filter(pack -> !already.contains(pack))
                .toList()));
        return rewritten;
    }

    /**
     * All tiny packs and, when they are many, all small ones. So a byte is copied once with what came in as many runs, and
     * again only with so many packs that had become small ones meanwhile, until it is in a large one.
     */
    private static List<StoredPack> mergeable(List<StoredPack> packs) {
        var small =
                packs.stream().filter(pack -> pack.sizeBytes() < SMALL_BYTES).toList();
        var tiny = small.stream().filter(pack -> pack.sizeBytes() <= TINY_BYTES).toList();
        if (small.size() - tiny.size() >= MIN_SMALL) {
            return small;
        }
        return tiny.size() < MIN_TINY ? List.of() : tiny;
    }
}
