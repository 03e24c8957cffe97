package dev.strandline.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
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
import dev.strandline.core.restore.OwnerMap;
import dev.strandline.core.restore.RestoreFilter;
import dev.strandline.core.restore.RestorePlan;
import dev.strandline.core.restore.RestorePlanner;
import dev.strandline.core.restore.RestoreProblem;
import dev.strandline.core.restore.Restorer;
import dev.strandline.core.restore.Verifier;
import dev.strandline.core.snapshot.OwnerNames;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Restores into an empty directory, and verifies. One use. */
final class TargetRestore {
    private final Context context;
    private final Output output;
    private final Repository repository;
    private final Request request;

    /** What was asked for. */
    record Request(
            FilePath target,
            RestoreFilter filter,
            boolean ownersByName,
            boolean sparse,
            boolean dryRun,
            boolean verify) {}

    TargetRestore(Context context, Output output, Repository repository, Request request) {
        this.context = context;
        this.output = output;
        this.repository = repository;
        this.request = request;
    }

    /** Empty, with nothing done, when there may be more to restore than {@code maximumBytes}. */
    Optional<Integer> run(Snapshot snapshot, FilePath path, long maximumBytes) throws RepositoryException {
        try {
            var tree = new SnapshotTree(snapshot, repository.chunks());
            if (bytesAt(tree, path) > maximumBytes) {
                return Optional.empty();
            }
            output.release();
            var owners = request.ownersByName ? ownersByName(snapshot) : OwnerMap.byId();
            var plan = new RestorePlanner(context.host(), repository.chunks())
                    .plan(tree, path, request.target, request.filter, request.sparse)
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
                    "The target holds a part of the snapshot; remove it and run again.",
                    e);
        }
    }

    /** What a file holds; of a directory, no less than what is in it. */
    private static long bytesAt(SnapshotTree tree, FilePath path) throws RepositoryException {
        return switch (tree.at(path)) {
            case SnapshotTree.Place.Captured(var _, Node.RegularFile file) ->
                file.content().sizeBytes();
            case SnapshotTree.Place.Captured(var _, Node node) when !(node instanceof Node.Directory) -> 0;
            case SnapshotTree.Place _ -> tree.snapshot().record().totals().bytes();
        };
    }

    private OwnerMap ownersByName(Snapshot snapshot) throws RepositoryException {
        for (var state : snapshot.record().systemState()) {
            if (state.name().equals(OwnerNames.STATE_NAME)) {
                var here = StateRecorder.owners(context.host())
                        .orElseThrow(() -> new RefusedException(
                                "this host has no /etc/passwd and /etc/group", "Restore with --owner id."));
                return OwnerMap.byName(OwnerNames.decode(SnapshotSheet.bytes(repository.chunks(), state)), here);
            }
        }
        throw new RefusedException(
                "snapshot " + snapshot.id().shortHex() + " does not know the names of its users and groups",
                "Restore with --owner id.");
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
