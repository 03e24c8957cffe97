package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.RetentionOptions;
import dev.strandline.cli.options.SnapshotAddress;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.Quantities;
import dev.strandline.cli.output.RetentionRenderer;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotListing;
import dev.strandline.core.retention.RetentionPlan;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRoot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Has snapshots be gone: those that are named, or those that a policy does not keep. */
public final class ForgetCommand implements Command {
    /** What the name of a snapshot's record begins with. */
    private static final String RECORDS = "snapshots/";

    private static final Pattern SHORT_ID = Pattern.compile("[0-9a-f]{4,64}");

    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();
    private final RetentionOptions retention = new RetentionOptions();

    private List<String> named = new ArrayList<>();
    private @Nullable String host;
    private List<String> tags = new ArrayList<>();
    private boolean dryRun;
    private boolean force;

    public ForgetCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(
                        this,
                        "forget",
                        "Drop snapshots, by name or by policy.",
                        "",
                        "Without a name or rule the policy of the configuration counts. A snapshot is kept when any rule"
                                + " keeps it; so are pinned ones and the newest of each host and captured place. What"
                                + " only forgotten snapshots need is freed by gc.")
                .exitCodes(
                        "0:done",
                        "1:failed, or refused",
                        "2:wrong usage",
                        "10:no repository",
                        "12:wrong key",
                        "13:damage found; nothing was forgotten",
                        "130:interrupted; 143 by SIGTERM, 129 by SIGHUP")
                .arguments("SNAP", "Snapshots to drop; a damaged one by its id.", values -> named = values)
                .with(repository)
                .with(outputOptions)
                .flag("-n,--dry-run", "Only say what would be dropped, and why.", value -> dryRun = value)
                .flag(
                        "-f,--force",
                        "Drop named snapshots also when they are pinned or the newest of a place.",
                        value -> force = value)
                .name("--host", "NAME", "Apply the policy to snapshots of this host only.", value -> host = value)
                .listedNames(
                        "--tag",
                        "TAG",
                        "Apply the policy to snapshots with all these tags only.",
                        values -> tags = values)
                .with(retention)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        var policy = retention.policy();
        boolean selects = host != null || !tags.isEmpty();
        if (!named.isEmpty() && (policy.isPresent() || selects)) {
            throw new UsageException("snapshots are dropped either by name or by policy: give names, or rules");
        }
        if (force && named.isEmpty()) {
            throw new UsageException("--force is for snapshots that are named");
        }
        var configured = context.configuration().get().retention();
        if (named.isEmpty()
                && policy.isEmpty()
                && (selects || configured.policy().keepsAll())) {
            throw new UsageException(
                    "name snapshots, or give rules such as --keep-daily 7; the configuration has none");
        }
        try (var open = repository.open(context, output::note).repository()) {
            if (!named.isEmpty()) {
                return forgetNamed(open, output);
            }
            context.interruption().beginWork();
            var run = new RetentionRun(context, open);
            return carryOut(
                    policy.isPresent() ? run.plan(policy.get(), selected(open.snapshots())) : run.plan(configured),
                    open,
                    output);
        }
    }

    private List<Snapshot> selected(SnapshotListing listing) throws RepositoryException {
        return RetentionRun.readable(listing).stream()
                .filter(snapshot -> host == null || snapshot.record().hostname().equals(host))
                .filter(snapshot -> new HashSet<>(snapshot.record().tags()).containsAll(tags))
                .toList();
    }

    private int carryOut(RetentionPlan plan, Repository open, Output output) throws RepositoryException {
        if (!dryRun && !plan.forgotten().isEmpty()) {
            open.forget(plan.forgotten());
        }
        if (output.isJson()) {
            Json.print(output.answer(), RetentionRenderer.json(plan, dryRun));
        } else if (dryRun) {
            RetentionRenderer.print(plan, output, context.zone());
        }
        told(plan.forgotten().size(), plan.kept().size(), output);
        return ExitCode.DONE;
    }

    private void told(int forgotten, int kept, Output output) {
        output.remark((dryRun ? "would forget " : "forgot ") + Quantities.count(forgotten, "snapshot") + ", "
                + (dryRun ? "keep " : "kept ") + Quantities.count(kept)
                + (forgotten == 0 || dryRun ? "" : "; 'strandline gc' frees what only they needed"));
    }

    private int forgetNamed(Repository open, Output output) throws RepositoryException {
        var listing = open.snapshots();
        var ids = new LinkedHashSet<SnapshotId>();
        var damaged = new HashSet<SnapshotId>();
        for (var name : named) {
            var broken = damaged(name, listing);
            broken.forEach(damaged::add);
            if (broken.isEmpty()) {
                ids.add(whole(name).find(listing).id());
            }
        }
        requireDroppable(listing, ids);
        if (!dryRun) {
            var all = new HashSet<>(ids);
            all.addAll(damaged);
            open.forget(all);
        }
        listing.damaged().stream()
                .filter(damage ->
                        damaged.stream().noneMatch(id -> damage.object().endsWith("/" + id.hex())))
                .forEach(output::passedOver);
        output.endWarnings();
        int count = ids.size() + damaged.size();
        if (output.isJson()) {
            var json = Json.message("summary").put("dry_run", dryRun).put("snapshots_forgotten", count);
            var array = json.putArray("forgotten");
            ids.forEach(id -> array.add(id.hex()));
            damaged.forEach(id -> array.add(id.hex()));
            Json.print(output.answer(), json);
        }
        told(count, listing.snapshots().size() - ids.size(), output);
        return output.code(ExitCode.DONE);
    }

    private SnapshotAddress whole(String name) {
        var address = SnapshotAddress.parse(name, context);
        if (address.path().isPresent()) {
            throw new UsageException("'" + name + "': a snapshot is dropped as a whole, not a path in it");
        }
        return address;
    }

    /** The damaged snapshot whose id begins like this, if there is one. */
    private static Set<SnapshotId> damaged(String name, SnapshotListing listing) {
        var found = new HashSet<SnapshotId>();
        if (!SHORT_ID.matcher(name).matches()) {
            return found;
        }
        for (var damage : listing.damaged()) {
            if (damage.object().startsWith(RECORDS + name)) {
                found.add(new SnapshotId(damage.object().substring(RECORDS.length())));
            }
        }
        boolean isReadableToo = listing.snapshots().stream()
                .anyMatch(snapshot -> snapshot.id().hex().startsWith(name));
        if (found.size() > 1 || (isReadableToo && !found.isEmpty())) {
            throw new UsageException("several snapshots have the id " + name + ", and some of them are damaged: give"
                    + " more of its digits");
        }
        return found;
    }

    private void requireDroppable(SnapshotListing listing, Set<SnapshotId> ids) throws RefusedException {
        if (!ids.isEmpty() && ids.size() == listing.snapshots().size()) {
            throw new RefusedException(
                    "that would leave no snapshot at all", "To give up the whole repository, delete its folder.");
        }
        if (force) {
            return;
        }
        record Origin(String hostname, FilePath path) {}
        var seen = new HashSet<Origin>();
        int left = ids.size();
        for (var snapshot : listing.snapshots().reversed()) {
            if (left == 0) {
                return;
            }
            var record = snapshot.record();
            boolean isNewest = false;
            for (var root : record.roots()) {
                isNewest |= seen.add(new Origin(record.hostname(), root.path()));
            }
            if (!ids.contains(snapshot.id())) {
                continue;
            }
            left--;
            if (record.pinned() || isNewest) {
                throw new RefusedException(
                        "snapshot " + snapshot.id().shortHex() + " is "
                                + (record.pinned() ? "pinned" : "the newest of " + places(snapshot))
                                + ", so nothing was forgotten",
                        "With --force it is dropped all the same.");
            }
        }
    }

    private static String places(Snapshot snapshot) {
        return String.join(
                " ",
                snapshot.record().roots().stream()
                        .map(SnapshotRoot::path)
                        .map(FilePath::display)
                        .toList());
    }
}
