package dev.strandline.core.retention;

import dev.strandline.core.encoding.Sum;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a policy makes of the snapshots there are.
 *
 * @param groups each with a decision for each of its snapshots, oldest first
 */
public record RetentionPlan(List<Group> groups) {
    public RetentionPlan {
        groups = List.copyOf(groups);
    }

    /** @param name what its snapshots have in common, as people read it */
    public record Group(String name, List<RetentionDecision> decisions) {
        public Group {
            decisions = List.copyOf(decisions);
        }
    }

    public List<Snapshot> kept() {
        return decisions().stream()
                .filter(RetentionDecision::isKept)
                .map(RetentionDecision::snapshot)
                .toList();
    }

    public List<SnapshotId> forgotten() {
        return decisions().stream()
                .filter(decision -> !decision.isKept())
                .map(decision -> decision.snapshot().id())
                .toList();
    }

    private List<RetentionDecision> decisions() {
        return groups.stream().flatMap(group -> group.decisions().stream()).toList();
    }

    /** The snapshots that are kept, in the order in which a budget is spent on them: what is protected, then the newest. */
    public List<Snapshot> byWorth() {
        return decisions().stream()
                .filter(RetentionDecision::isKept)
                .sorted(Comparator.comparing(RetentionDecision::isProtected)
                        .thenComparing(RetentionDecision::time)
                        .reversed())
                .map(RetentionDecision::snapshot)
                .toList();
    }

    /**
     * The same without the oldest, so that the others take no more than a budget; what is protected stays all the same.
     *
     * @param addedBytes what each snapshot of {@link #byWorth} adds to those before it
     */
    public RetentionPlan within(long budgetBytes, long[] addedBytes) {
        var order = byWorth();
        if (order.size() != addedBytes.length) {
            throw new IllegalArgumentException(addedBytes.length + " sizes for " + order.size() + " snapshots");
        }
        var isWithin = new HashMap<SnapshotId, Boolean>();
        long sum = 0;
        for (int i = 0; i < addedBytes.length; i++) {
            sum = Sum.saturated(sum, addedBytes[i]);
            isWithin.put(order.get(i).id(), sum <= budgetBytes);
        }
        var fitted = new ArrayList<Group>();
        for (var group : groups) {
            fitted.add(new Group(
                    group.name,
                    group.decisions.stream()
                            .map(decision -> fit(decision, isWithin))
                            .toList()));
        }
        return new RetentionPlan(fitted);
    }

    private static RetentionDecision fit(RetentionDecision decision, Map<SnapshotId, Boolean> isWithin) {
        return decision.isProtected()
                        || !decision.isKept()
                        || isWithin.getOrDefault(decision.snapshot().id(), true)
                ? decision
                : decision.forgotten("together with all that is newer it takes more than the budget");
    }
}
