package dev.strandline.core.retention;

import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRoot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which snapshots to keep: in each group those that any rule keeps; and always those that are pinned, the newest of each host
 * and captured place, and those from the future, which don't count.
 *
 * @param rules none of them twice
 * @param budgetBytes what all that is kept may take
 */
public record RetentionPolicy(List<RetentionRule> rules, Set<Grouping> groupBy, OptionalLong budgetBytes) {
    public static final Set<Grouping> DEFAULT_GROUPING = Set.of(Grouping.HOST, Grouping.PATHS);

    /** Keeps everything. */
    public static final RetentionPolicy NONE = new RetentionPolicy(List.of(), DEFAULT_GROUPING, OptionalLong.empty());

    /** By so much the clocks of hosts may differ. */
    private static final Duration FUTURE = Duration.ofDays(1);

    /** @throws IllegalArgumentException when rules contradict each other */
    public RetentionPolicy {
        rules = List.copyOf(rules);
        groupBy = Set.copyOf(groupBy);
        var names = new HashMap<String, RetentionRule>();
        for (var rule : rules) {
            if (names.putIfAbsent(rule.name(), rule) != null) {
                throw new IllegalArgumentException(rule.name() + " is given twice");
            }
        }
        if (budgetBytes.isPresent() && budgetBytes.getAsLong() <= 0) {
            throw new IllegalArgumentException("a size of " + budgetBytes.getAsLong() + " bytes keeps nothing");
        }
    }

    /** Whether it never forgets anything. */
    public boolean keepsAll() {
        return rules.isEmpty() && budgetBytes.isEmpty();
    }

    /** The rules for which {@link #plan} needs to be told something. */
    public List<RetentionRule.Versions> versionRules() {
        return rules.stream()
                .filter(RetentionRule.Versions.class::isInstance)
                .map(RetentionRule.Versions.class::cast)
                .toList();
    }

    /**
     * What becomes of snapshots, apart from the budget: that is {@link RetentionPlan#within}'s.
     *
     * @param zone whose days, weeks and so on are meant
     * @param firsts for each of {@link #versionRules} the snapshots that are the first with a version
     * @throws EmptyKeepSetException when the rules would keep nothing of a group
     */
    public RetentionPlan plan(
            List<Snapshot> snapshots, Instant now, ZoneId zone, Map<RetentionRule.Versions, Set<SnapshotId>> firsts) {
        var placed = new ArrayList<Lineage.Placed>();
        lineages(snapshots, now).values().forEach(lineage -> placed.addAll(Lineage.place(lineage)));
        placed.sort(Lineage.Placed.ORDER);
        var newest = newestOfSources(placed);
        var groups = new TreeMap<String, List<Lineage.Placed>>();
        placed.forEach(one -> groups.computeIfAbsent(group(one.snapshot()), _ -> new ArrayList<>())
                .add(one));
        var decided = new TreeMap<String, List<RetentionDecision>>();
        groups.forEach((name, group) -> {
            var reasons = new KeepReasons(group, zone, firsts);
            rules.forEach(reasons::apply);
            if (!rules.isEmpty() && reasons.areNone()) {
                throw new EmptyKeepSetException("the rules keep nothing of " + name);
            }
            decided.put(name, decide(group, reasons, newest));
        });
        for (var snapshot : snapshots) {
            if (isFuture(snapshot, now)) {
                decided.computeIfAbsent(group(snapshot), _ -> new ArrayList<>())
                        .add(new RetentionDecision(
                                snapshot,
                                snapshot.record().time(),
                                true,
                                true,
                                List.of("its time is in the future, so it doesn't count")));
            }
        }
        return new RetentionPlan(decided.entrySet().stream()
                .map(entry -> new RetentionPlan.Group(entry.getKey(), entry.getValue()))
                .toList());
    }

    private List<RetentionDecision> decide(
            List<Lineage.Placed> group, KeepReasons reasons, Map<SnapshotId, String> newest) {
        var decisions = new ArrayList<RetentionDecision>();
        for (int i = 0; i < group.size(); i++) {
            var snapshot = group.get(i).snapshot();
            var why = new ArrayList<String>();
            if (snapshot.record().pinned()) {
                why.add("pinned");
            }
            if (newest.containsKey(snapshot.id())) {
                why.add("newest of " + newest.get(snapshot.id()));
            }
            boolean isProtected = !why.isEmpty();
            why.addAll(reasons.of(i));
            if (rules.isEmpty()) {
                why.add("no rule but the budget");
            }
            boolean isKept = !why.isEmpty();
            decisions.add(new RetentionDecision(
                    snapshot, group.get(i).time(), isKept, isProtected, isKept ? why : List.of("no rule keeps it")));
        }
        return decisions;
    }

    private static Map<String, List<Snapshot>> lineages(List<Snapshot> snapshots, Instant now) {
        return snapshots.stream()
                .filter(snapshot -> !isFuture(snapshot, now))
                .collect(Collectors.groupingBy(
                        snapshot -> name(snapshot, EnumSet.of(Grouping.HOST, Grouping.PATHS)),
                        TreeMap::new,
                        Collectors.toList()));
    }

    private static boolean isFuture(Snapshot snapshot, Instant now) {
        return snapshot.record().time().isAfter(now.plus(FUTURE));
    }

    /** The places of which a snapshot is the newest that has them. */
    private static Map<SnapshotId, String> newestOfSources(List<Lineage.Placed> oldestFirst) {
        var seen = new HashSet<String>();
        var newest = new HashMap<SnapshotId, String>();
        for (var placed : oldestFirst.reversed()) {
            var record = placed.snapshot().record();
            var places = record.roots().stream()
                    .map(SnapshotRoot::path)
                    .filter(path -> seen.add(record.hostname() + "\0" + path.display()))
                    .map(path -> path.display())
                    .collect(Collectors.joining(" "));
            if (!places.isEmpty()) {
                newest.put(placed.snapshot().id(), places);
            }
        }
        return newest;
    }

    private String group(Snapshot snapshot) {
        return name(snapshot, groupBy);
    }

    private static String name(Snapshot snapshot, Set<Grouping> by) {
        var record = snapshot.record();
        var parts = new ArrayList<String>();
        if (by.contains(Grouping.HOST)) {
            parts.add(record.hostname());
        }
        if (by.contains(Grouping.PATHS)) {
            parts.add(record.places().stream().map(path -> path.display()).collect(Collectors.joining(" ")));
        }
        if (by.contains(Grouping.TAGS)) {
            parts.add(record.tags().stream().sorted().collect(Collectors.joining(",", "[", "]")));
        }
        return parts.isEmpty() ? "all snapshots" : String.join(" ", parts);
    }
}
