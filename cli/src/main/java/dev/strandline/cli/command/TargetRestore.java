package dev.strandline.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.ProgressDisplay;
import dev.strandline.cli.output.Quantities;
import dev.strandline.cli.output.RestoreRenderer;
import dev.strandline.cli.unattended.StateRecorder;
import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.StorageException;
import dev.strandline.core.restore.InPlacePlanner;
import dev.strandline.core.restore.Overwrite;
import dev.strandline.core.restore.OwnerMap;
import dev.strandline.core.restore.RestoreFilter;
import dev.strandline.core.restore.RestorePlan;
import dev.strandline.core.restore.RestorePlanner;
import dev.strandline.core.restore.RestoreProblem;
import dev.strandline.core.restore.Restorer;
import dev.strandline.core.restore.UnfinishedRestore;
import dev.strandline.core.restore.Verifier;
import dev.strandline.core.snapshot.OwnerNames;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.tree.Node;
import dev.strandline.store.repository.Repositories;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Restores into an empty directory, and verifies. One use. */
final class TargetRestore {
    private final Context context;
    private final Output output;
    private final Repositories.Opened opened;
    private final Repository repository;
    private final Request request;

    /**
     * What was asked for.
     *
     * @param overwrite what to do with files that are there already; empty where none may be
     */
    record Request(
            FilePath target,
            RestoreFilter filter,
            Optional<Overwrite> overwrite,
            boolean delete,
            boolean ownersByName,
            boolean sparse,
            boolean dryRun,
            boolean verify) {}

    TargetRestore(Context context, Output output, Repositories.Opened opened, Request request) {
        this.context = context;
        this.output = output;
        this.opened = opened;
        this.repository = opened.repository();
        this.request = request;
    }

    /** Empty, with nothing done, when there may be more to restore than {@code maximumBytes}. */
    Optional<Integer> run(Snapshot snapshot, FilePath path, long maximumBytes) throws RepositoryException {
        try {
            var tree = new SnapshotTree(snapshot, repository.chunks());
            var place = tree.at(path);
            if (bytesAt(tree, place) > maximumBytes) {
                return Optional.empty();
            }
            output.release();
            var planner = new RestorePlanner(context.host(), repository.chunks());
            if (planner.isUsed(request.target)) {
                var unfinished = UnfinishedRestore.in(context.host(), request.target);
                if (unfinished.isPresent() || request.overwrite.isPresent() || request.delete) {
                    planner.refuseTargetInsideSource(tree, request.target);
                    return Optional.of(restoreOver(place, tree, unfinished));
                }
            }
            var owners = request.ownersByName ? ownersByName(snapshot) : OwnerMap.byId();
            var plan = planner.plan(tree, path, request.target, request.filter, request.sparse)
                    .with(owners);
            for (var unstable : plan.unstable()) {
                output.warning(plan.target().resolve(unstable).display()
                        + " changed while the snapshot read it: it may mix two states");
            }
            output.endWarnings();
            return Optional.of(request.dryRun ? tell(plan) : restore(plan));
        } catch (IOException e) {
            throw new StorageException(
                    "the restore stopped: " + e.getMessage(),
                    "The target holds a part of the snapshot; run again to go on.",
                    e);
        }
    }

    /** Into a directory that holds something: a part of the same, or what the user said how to deal with. */
    private int restoreOver(SnapshotTree.Place place, SnapshotTree tree, Optional<UnfinishedRestore> unfinished)
            throws RepositoryException, IOException {
        var same = new UnfinishedRestore(tree.snapshot().id(), place.path());
        if (unfinished.isPresent() && !unfinished.get().equals(same)) {
            throw new RefusedException(
                    "the target " + request.target.display() + " holds a part of snapshot "
                            + unfinished.get().snapshot().shortHex() + ":"
                            + unfinished.get().path().display(),
                    "Finish that restore, or name another --target.");
        }
        if (request.ownersByName || request.sparse) {
            throw new UsageException(
                    "--owner name and --sparse are for an empty --target: remove what is there, or name another");
        }
        var over = new InPlaceRestore.Request(
                new InPlacePlanner.Scope(request.target, request.filter),
                request.overwrite.orElse(Overwrite.ALWAYS),
                request.delete,
                false,
                request.dryRun,
                false,
                request.verify,
                Optional.of(request.target),
                unfinished.isEmpty());
        var wanted = RestorePlanner.relocated(tree.snapshot(), place, request.target);
        int code = new InPlaceRestore(context, output, opened, wanted, over).run();
        if (unfinished.isPresent() && !request.dryRun) {
            UnfinishedRestore.end(context.host(), request.target, place);
        }
        return code;
    }

    /** What a file holds; of a directory, no less than what is in it. */
    private static long bytesAt(SnapshotTree tree, SnapshotTree.Place place) {
        return switch (place) {
            case SnapshotTree.Place.Captured(var _, Node.RegularFile file) ->
                file.content().sizeBytes();
            case SnapshotTree.Place.Captured(var _, Node node) when !(node instanceof Node.Directory) -> 0;
            case SnapshotTree.Place _ -> tree.snapshot().record().totals().bytes();
        };
    }

    private OwnerMap ownersByName(Snapshot snapshot) throws RepositoryException {
        for (var state : snapshot.record().systemState()) {
            if (state.name().equals(OwnerNames.STATE_NAME)) {
                var here = ownersHere();
                return OwnerMap.byName(OwnerNames.decode(SnapshotSheet.bytes(repository.chunks(), state)), here);
            }
        }
        throw new RefusedException(
                "snapshot " + snapshot.id().shortHex() + " does not know the names of its users and groups",
                "Restore with --owner id.");
    }

    private OwnerNames ownersHere() throws RefusedException {
        try {
            return StateRecorder.owners(context.host());
        } catch (IOException e) {
            throw new RefusedException(
                    "the users and groups of this host can't be read: " + e.getMessage(), "Restore with --owner id.");
        }
    }

    private int tell(RestorePlan plan) {
        String summary = Quantities.count(plan.files(), "file") + ", " + Quantities.count(plan.directories())
                + " directories, " + Quantities.count(plan.others()) + " links and others, "
                + Quantities.bytes(plan.bytes());
        if (output.isJson()) {
            Json.print(output.answer(), planJson(plan).put("dry_run", true));
        } else {
            output.answer()
                    .println("would restore " + summary + " to " + plan.target().display());
        }
        return plan.damagedDirectories() == 0 ? ExitCode.DONE : ExitCode.DAMAGE;
    }

    private static ObjectNode planJson(RestorePlan plan) {
        return Json.message("summary")
                .put("snapshot_id", plan.tree().snapshot().id().hex())
                .put("total_files", plan.files())
                .put("total_directories", plan.directories())
                .put("total_others", plan.others())
                .put("total_bytes", plan.bytes());
    }

    private int restore(RestorePlan plan) throws RepositoryException, IOException {
        if (plan.files() + plan.others() + plan.directories() == 0) {
            throw new RefusedException("nothing matches, so nothing was restored", "Check --include and --exclude.");
        }
        var started = context.clock().instant();
        var renderer = new RestoreRenderer(context, output);
        context.interruption().beginWork();
        new UnfinishedRestore(plan.tree().snapshot().id(), plan.source().path()).begin(context.host(), plan.target());
        try (var _ = display("restore", plan, renderer)) {
            new Restorer(context.host(), repository.chunks(), renderer, context.interruption()::isRequested)
                    .execute(plan);
        }
        if (request.verify) {
            renderer.restart();
            try (var _ = display("verify", plan, renderer)) {
                new Verifier(
                                context.host(),
                                repository,
                                repository.chunks(),
                                renderer,
                                context.interruption()::isRequested,
                                context.workerCount())
                        .verify(plan, renderer.report());
            }
        }
        UnfinishedRestore.end(context.host(), request.target, plan.source());
        var duration = Duration.between(started, context.clock().instant());
        var unknown = plan.owners().unknown();
        unknown.forEach(name ->
                output.warning("this host has no " + ByteText.display(name) + "; what belongs to it kept the number"));
        renderer.finish(plan, planJson(plan), duration, request.verify);
        if (renderer.report().count(RestoreProblem.Aspect.DAMAGE) > 0) {
            return ExitCode.DAMAGE;
        }
        return renderer.report().count() == 0 && unknown.isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL;
    }

    private ProgressDisplay.Shown display(String task, RestorePlan plan, RestoreRenderer renderer) {
        return output.showsProgress()
                ? ProgressDisplay.start(task, plan::bytes, renderer::bytes, renderer::entries)::close
                : () -> {};
    }
}
