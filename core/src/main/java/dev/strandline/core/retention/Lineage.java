package dev.strandline.core.retention;

import dev.strandline.core.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Snapshots of one host and the same paths in the order in which they were taken, each with a time that can be believed. A
 * clock that was wrong for a while would otherwise make old snapshots of new ones, or push all others out.
 *
 * <p>The order is that of the sequence in the records; those without one stand where their times put them. Believed are the
 * times of the longest run of snapshots whose times never go back (Fredman 1975, patience sorting); the others get the time of
 * the believed one before them, or, where there is none, of the one after.
 */
final class Lineage {
    private static final Comparator<Snapshot> BY_SEQUENCE = Comparator.<Snapshot>comparingLong(
                    snapshot -> snapshot.record().sequence().orElseThrow())
            .thenComparing(Snapshot.BY_TIME);

    private Lineage() {}

    /** A snapshot and when it was taken, as far as that can be told. */
    record Placed(Snapshot snapshot, Instant time, int position) {
        /** Oldest first; of one lineage, those of one moment as they were taken. */
        static final Comparator<Placed> ORDER = Comparator.comparing(Placed::time)
                .thenComparingInt(Placed::position)
                .thenComparing(placed -> placed.snapshot.id());
    }

    /** @param snapshots of one host and the same paths, in any order */
    static List<Placed> place(List<Snapshot> snapshots) {
        var order = order(snapshots);
        boolean[] believed = longestRun(order);
        var placed = new ArrayList<Placed>();
        var time = Instant.MIN;
        for (int i = 0; i < believed.length && time.equals(Instant.MIN); i++) {
            time = believed[i] ? order.get(i).record().time() : time;
        }
        for (int i = 0; i < believed.length; i++) {
            time = believed[i] ? order.get(i).record().time() : time;
            placed.add(new Placed(order.get(i), time, i));
        }
        return placed;
    }

    private static List<Snapshot> order(List<Snapshot> snapshots) {
        var sequenced = snapshots.stream()
                .filter(snapshot -> snapshot.record().sequence().isPresent())
                .sorted(BY_SEQUENCE)
                .toList();
        var others = snapshots.stream()
                .filter(snapshot -> snapshot.record().sequence().isEmpty())
                .sorted(Snapshot.BY_TIME)
                .toList();
        if (sequenced.isEmpty()) {
            return others;
        }
        // Only believed times say where one without a sequence belongs.
        boolean[] believed = longestRun(sequenced);
        var order = new ArrayList<Snapshot>();
        int next = 0;
        for (int i = 0; i < believed.length; i++) {
            while (believed[i]
                    && next < others.size()
                    && others.get(next)
                            .record()
                            .time()
                            .isBefore(sequenced.get(i).record().time())) {
                order.add(others.get(next++));
            }
            order.add(sequenced.get(i));
        }
        order.addAll(others.subList(next, others.size()));
        return order;
    }

    /**
     * Which snapshots belong to the longest run whose times never go back; of several the latest, since a clock that has lost
     * its time shows one long past.
     */
    private static boolean[] longestRun(List<Snapshot> order) {
        int[] after = new int[order.size()];
        int[] starts = new int[order.size()]; // starts[n]: where the run of n + 1 snapshots begins that begins latest
        int length = 0;
        for (int i = after.length - 1; i >= 0; i--) {
            int at = firstBefore(order, starts, length, order.get(i).record().time());
            after[i] = at == 0 ? -1 : starts[at - 1];
            starts[at] = i;
            length = Math.max(length, at + 1);
        }
        boolean[] believed = new boolean[order.size()];
        for (int i = length == 0 ? -1 : starts[length - 1]; i >= 0; i = after[i]) {
            believed[i] = true;
        }
        return believed;
    }

    private static int firstBefore(List<Snapshot> order, int[] starts, int length, Instant time) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.get(starts[middle]).record().time().isBefore(time)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * How old each is by the newest one. A gap counts for no more than a day or four times the usual gap: while a server was
     * off, or its clock jumped, nothing has become too old to keep.
     *
     * @param placed in {@link Placed#ORDER}
     */
    static List<Duration> ages(List<Placed> placed) {
        var gaps = new ArrayList<Duration>();
        for (int i = 1; i < placed.size(); i++) {
            gaps.add(Duration.between(placed.get(i - 1).time(), placed.get(i).time()));
        }
        var longest = longestGap(gaps);
        var ages = new Duration[placed.size()];
        var age = Duration.ZERO;
        for (int i = placed.size() - 1; i >= 0; i--) {
            ages[i] = age;
            if (i > 0) {
                var gap = gaps.get(i - 1);
                age = age.plus(gap.compareTo(longest) > 0 ? longest : gap);
            }
        }
        return Arrays.asList(ages);
    }

    private static Duration longestGap(List<Duration> gaps) {
        var sorted = gaps.stream().filter(Duration::isPositive).sorted().toList();
        var day = Duration.ofDays(1);
        if (sorted.isEmpty()) {
            return day;
        }
        var usual = sorted.get(sorted.size() / 2).multipliedBy(4);
        return usual.compareTo(day) > 0 ? usual : day;
    }
}
