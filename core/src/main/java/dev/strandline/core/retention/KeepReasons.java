package dev.strandline.core.retention;

import dev.strandline.core.fs.CalendarTime;
import dev.strandline.core.snapshot.SnapshotId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** Why rules keep the snapshots of one group. */
final class KeepReasons {
    private final List<Lineage.Placed> group;
    private final List<Duration> ages;
    private final ZoneId zone;
    private final Map<RetentionRule.Versions, Set<SnapshotId>> versions;
    private final List<List<String>> reasons = new ArrayList<>();

    /** @param group oldest first */
    KeepReasons(List<Lineage.Placed> group, ZoneId zone, Map<RetentionRule.Versions, Set<SnapshotId>> versions) {
        this.group = group;
        this.ages = Lineage.ages(group);
        this.zone = zone;
        this.versions = versions;
        group.forEach(_ -> reasons.add(new ArrayList<>()));
    }

    List<String> of(int index) {
        return reasons.get(index);
    }

    boolean areNone() {
        return reasons.stream().allMatch(List::isEmpty);
    }

    void apply(RetentionRule rule) {
        switch (rule) {
            case RetentionRule.Last(int count) -> keep(count, _ -> true, _ -> "among the last " + count);
            case RetentionRule.Newest(var period, int count) -> keepNewest(period, count, _ -> true);
            case RetentionRule.Within(var age) ->
                keep(RetentionRule.UNLIMITED, i -> isWithin(i, age), _ -> "within " + text(age));
            case RetentionRule.NewestWithin(var period, var age) ->
                keepNewest(period, RetentionRule.UNLIMITED, i -> isWithin(i, age));
            case RetentionRule.Tagged(var tags) ->
                keep(
                        RetentionRule.UNLIMITED,
                        i -> group.get(i).snapshot().record().tags().containsAll(tags),
                        _ -> rule.name().replace("keep-tag", "has the tag"));
            case RetentionRule.Versions versionRule -> {
                var firsts = versions.getOrDefault(versionRule, Set.of());
                keep(
                        RetentionRule.UNLIMITED,
                        i -> isWithin(i, versionRule.age())
                                && firsts.contains(group.get(i).snapshot().id()),
                        _ -> "first with this version of " + versionRule.path().display());
            }
        }
    }

    private boolean isWithin(int index, Duration age) {
        return ages.get(index).compareTo(age) <= 0;
    }

    private void keep(int count, IntPredicate condition, IntFunction<String> reason) {
        int kept = 0;
        for (int i = group.size() - 1; i >= 0 && kept < count; i--) {
            if (condition.test(i)) {
                reasons.get(i).add(reason.apply(i));
                kept++;
            }
        }
    }

    private void keepNewest(Period period, int count, IntPredicate condition) {
        var before = new String[] {""};
        keep(
                count,
                i -> {
                    String name = name(period, i);
                    boolean isNewest = condition.test(i) && !name.equals(before[0]);
                    before[0] = name;
                    return isNewest;
                },
                i -> period.text() + ": newest of " + name(period, i));
    }

    private String name(Period period, int index) {
        return period.nameOf(CalendarTime.nearest(group.get(index).time()).atZone(zone));
    }

    /** In the largest unit that it is whole of. */
    static String text(Duration age) {
        long seconds = age.toSeconds();
        long[] units = {7 * 86_400, 86_400, 3_600, 60, 1};
        String[] names = {"w", "d", "h", "m", "s"};
        for (int i = 0; i < units.length; i++) {
            if (seconds % units[i] == 0) {
                return seconds / units[i] + names[i];
            }
        }
        throw new IllegalStateException("seconds are whole");
    }
}
