package dev.strandline.cli.command;

import dev.strandline.cli.configuration.Retention;
import dev.strandline.cli.environment.Context;
import dev.strandline.core.history.PathHistory;
import dev.strandline.core.repository.CollectionCancelledException;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotListing;
import dev.strandline.core.retention.EmptyKeepSetException;
import dev.strandline.core.retention.RetentionPlan;
import dev.strandline.core.retention.RetentionPolicy;
import dev.strandline.core.retention.RetentionRule;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Applies a policy to the snapshots of an open repository. */
record RetentionRun(Context context, Repository repository) {

    /** What the configuration's policy makes of the snapshots that it is about. */
    RetentionPlan plan(Retention retention) throws RepositoryException {
        var snapshots = readable(repository.snapshots());
        String host = SnapshotTaker.hostname(context);
        return plan(
                retention.policy(),
                snapshots.stream()
                        .filter(snapshot -> retention.allHosts()
                                || snapshot.record().hostname().equals(host))
                        .toList());
    }

    /** All of a list; a policy decides nothing as long as some can't be read, since these may be what others are kept for. */
    static List<Snapshot> readable(SnapshotListing listing) throws DamageException {
        if (!listing.damaged().isEmpty()) {
            throw listing.damaged().getFirst();
        }
        return listing.snapshots();
    }

    RetentionPlan plan(RetentionPolicy policy, List<Snapshot> snapshots) throws RepositoryException {
        if (policy.keepsAll()) {
            return new RetentionPlan(List.of());
        }
        RetentionPlan plan;
        try {
            plan = policy.plan(snapshots, context.clock().instant(), context.zone(), firsts(policy, snapshots));
        } catch (EmptyKeepSetException e) {
            throw new RefusedException(
                    e.getMessage() + ", so nothing is forgotten",
                    "Add a rule that keeps some of it, such as --keep-last 10, or leave it out with --host or --tag.");
        }
        if (policy.budgetBytes().isEmpty()) {
            return plan;
        }
        return plan.within(
                policy.budgetBytes().getAsLong(), repository.weigh(plan.byWorth(), this::stopWhenInterrupted));
    }

    private void stopWhenInterrupted() {
        if (context.interruption().isRequested()) {
            throw new CollectionCancelledException();
        }
    }

    private Map<RetentionRule.Versions, Set<SnapshotId>> firsts(RetentionPolicy policy, List<Snapshot> snapshots)
            throws RepositoryException {
        var firsts = new HashMap<RetentionRule.Versions, Set<SnapshotId>>();
        for (var rule : policy.versionRules()) {
            var damages = new ArrayList<DamageException>();
            var versions = new PathHistory(repository.chunks(), damages::add).versions(rule.path(), snapshots);
            if (!damages.isEmpty()) {
                throw damages.getFirst();
            }
            firsts.put(
                    rule, versions.stream().map(version -> version.first().id()).collect(Collectors.toSet()));
        }
        return firsts;
    }
}
