package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.output.ChangeRenderer;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.Page;
import dev.strandline.cli.output.Quantities;
import dev.strandline.cli.output.RestoreRenderer;
import dev.strandline.cli.text.FileTexts;
import dev.strandline.cli.text.TextDiff;
import dev.strandline.core.capture.CaptureCancelledException;
import dev.strandline.core.capture.CaptureResult;
import dev.strandline.core.history.Change;
import dev.strandline.core.history.KeptTrees;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.StorageException;
import dev.strandline.core.restore.InPlacePlan;
import dev.strandline.core.restore.InPlacePlanner;
import dev.strandline.core.restore.InPlaceRestorer;
import dev.strandline.core.restore.Overwrite;
import dev.strandline.core.restore.RestoreProblem;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.Trigger;
import dev.strandline.store.repository.Repositories;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Brings a snapshot back over the places that it was taken of. What is there is captured as a snapshot before, with the
 * rules that hold for it, and the difference of the two is what is done: so there is always a way back, and what a
 * capture leaves out is never touched. One use.
 */
final class InPlaceRestore {
    /** What the snapshot of what was there is tagged with. */
    static final String TAG = "before-restore";

    private static final String MESSAGE = "before the restore of ";

    private final Context context;
    private final Output output;
    private final Repository repository;
    private final Repositories.Opened opened;
    private final Snapshot wanted;
    private final Request request;

    /**
     * What was asked for.
     *
     * @param delete what the snapshot does not have
     * @param force although something can't be saved before
     * @param patch whether a dry run shows lines
     * @param target the directory that the snapshot was relocated into, where it is not restored in place
     * @param saves whether what is there is saved before: not what an unfinished restore has left
     */
    record Request(
            InPlacePlanner.Scope scope,
            Overwrite overwrite,
            boolean delete,
            boolean force,
            boolean dryRun,
            boolean patch,
            boolean verify,
            Optional<FilePath> target,
            boolean saves) {
        /** Over the captured places themselves. */
        static Request inPlace(
                InPlacePlanner.Scope scope,
                Overwrite overwrite,
                boolean delete,
                boolean force,
                boolean dryRun,
                boolean patch,
                boolean verify) {
            return new Request(scope, overwrite, delete, force, dryRun, patch, verify, Optional.empty(), true);
        }
    }

    InPlaceRestore(Context context, Output output, Repositories.Opened opened, Snapshot wanted, Request request) {
        this.context = context;
        this.output = output;
        this.repository = opened.repository();
        this.opened = opened;
        this.wanted = wanted;
        this.request = request;
    }

    /** The path that a snapshot with our tag was taken for; all that it holds where that can't be told. */
    static FilePath scopeOf(Snapshot safety) {
        String message = safety.record().message();
        int colon = message.indexOf(':');
        return message.startsWith(MESSAGE) && message.startsWith("/", colon + 1)
                ? FilePath.of(message.substring(colon + 1))
                : FilePath.ROOT;
    }

    int run() throws RepositoryException {
        if (request.target.isEmpty() && !request.force && !request.dryRun) {
            requireAllowed();
        }
        var started = context.clock().instant();
        context.interruption().beginWork();
        var plan = planAndSave();
        if (plan.isEmpty()) {
            return ExitCode.DONE;
        }
        context.interruption().beginWork();
        var renderer = new RestoreRenderer(context, output);
        Set<FilePath> staying;
        try {
            staying = new InPlaceRestorer(
                            plan.get(),
                            context.host(),
                            repository.chunks(),
                            renderer,
                            context.interruption()::isRequested,
                            context.random())
                    .execute();
        } catch (IOException e) {
            throw new StorageException(
                    "the restore stopped: " + e.getMessage(),
                    "A part is restored. Run again to go on, or 'strandline undo-restore' to go back.",
                    e);
        }
        if (request.verify) {
            verify(renderer, staying);
        }
        finish(plan.get(), renderer, Duration.between(started, context.clock().instant()));
        if (renderer.report().count(RestoreProblem.Aspect.DAMAGE) > 0) {
            return ExitCode.DAMAGE;
        }
        return renderer.report().count() == 0 ? ExitCode.DONE : ExitCode.PARTIAL;
    }

    private void requireAllowed() throws RefusedException {
        if (context.configuration().get().policy().isProtected()) {
            throw new RefusedException(
                    "this host is protected: its configuration allows no restore in place",
                    "Restore to a --target, or give --force if you are sure.");
        }
        var host = wanted.record().hostname();
        if (!host.equals(SnapshotTaker.hostname(context))) {
            throw new RefusedException(
                    "snapshot " + wanted.id().shortHex() + " is of the host " + ByteText.display(host)
                            + ", not of this one",
                    "Restore to a --target, or give --force if this is meant.");
        }
    }

    /** Empty when there is nothing to do, or nothing shall be done. */
    private Optional<InPlacePlan> planAndSave() throws RepositoryException {
        try (var writer =
                new KeptTrees(request.dryRun || !request.saves ? repository.rehearse() : repository.write())) {
            var taker = taker();
            var result = places().capture(writer);
            if (request.saves && !result.problems().isEmpty() && !request.force) {
                var problem = result.problems().getFirst();
                throw new RefusedException(
                        problem.path().display() + " can't be saved before, so this could not be undone: "
                                + problem.reason(),
                        "Nothing was changed. Give --force to restore all the same.");
            }
            var plan = plan(writer, taker, result);
            if (request.dryRun) {
                tell(plan);
                return Optional.empty();
            }
            if (plan.changes().isEmpty() && plan.blocked().isEmpty()) {
                output.remark("everything is as in snapshot " + wanted.id().shortHex() + " already");
                summary(plan, 0, true);
                return Optional.empty();
            }
            if (!request.saves) {
                return Optional.of(plan);
            }
            if (!context.interruption().beginCommit()) {
                throw new CaptureCancelledException();
            }
            // Trees that were relocated are no parent of what is where they are to be.
            var parent = request.target.isPresent() ? Optional.<Snapshot>empty() : Optional.of(wanted);
            var saved = taker.commit(
                    writer, result, wanted.record().excludes(), List.of(), parent, OptionalLong.empty(), Duration.ZERO);
            output.remark("what was there is saved as snapshot " + saved.id().shortHex()
                    + "; 'strandline undo-restore' goes back to it");
            return Optional.of(plan);
        }
    }

    private InPlacePlan plan(KeptTrees writer, SnapshotTaker taker, CaptureResult result) throws RepositoryException {
        var record =
                taker.record(writer, result, wanted.record().excludes(), List.of(), Optional.of(wanted), Duration.ZERO);
        var present = new Snapshot(writer.id(), record);
        var planner =
                new InPlacePlanner(writer.over(repository.chunks()), request.scope, request.overwrite, request.delete);
        return request.target.isPresent()
                ? planner.planRelocated(present, wanted, request.target.get())
                : planner.plan(present, wanted).following(places().followed());
    }

    private LivePlaces places() {
        return new LivePlaces(context, output, opened, wanted, request.scope.path());
    }

    private SnapshotTaker taker() {
        byte[] path = request.scope.path().toBytes();
        String place = ByteText.utf8(path).orElse("/");
        return new SnapshotTaker(
                context,
                SnapshotTaker.hostname(context),
                context.clock().instant(),
                MESSAGE + wanted.record().name() + ":" + place,
                List.of(TAG),
                Trigger.MANUAL,
                false);
    }

    /** Captures what is there now once more, and tells what is still not as it should be. */
    private void verify(RestoreRenderer renderer, Set<FilePath> staying) throws RepositoryException {
        try (var writer = new KeptTrees(repository.rehearse())) {
            var plan = plan(writer, taker(), places().capture(writer));
            for (var change : plan.changes()) {
                if (!staying.contains(change.path()) && !isTold(renderer, change.path())) {
                    renderer.problem(new RestoreProblem(
                            change.path(), RestoreProblem.Aspect.CONTENT, "it is not as in the snapshot after all"));
                }
            }
        }
    }

    private static boolean isTold(RestoreRenderer renderer, FilePath path) {
        return Stream.of(RestoreProblem.Aspect.values())
                .anyMatch(aspect -> renderer.report().has(path, aspect));
    }

    private void tell(InPlacePlan plan) throws RepositoryException {
        try (var page = Page.open(context, output)) {
            for (var change : plan.changes()) {
                if (page.isGone()) {
                    break;
                }
                tell(change, page);
            }
        }
        plan.blocked()
                .forEach(path -> output.warning(path.display() + " is a directory; only --delete would replace it"));
        output.endWarnings();
        if (output.isJson()) {
            summary(plan, plan.blocked().size(), false);
        } else {
            output.answer()
                    .println("would make " + Quantities.count(plan.changes().size(), "change"));
        }
    }

    private Optional<TextDiff> text(Change change) throws RepositoryException {
        try {
            return Optional.of(
                    ChangeRenderer.text(change, FileTexts.live(context.host()), FileTexts.stored(repository.chunks())));
        } catch (DamageException damage) {
            output.warning("damaged: " + change.path().display() + ": " + damage.getMessage());
            return Optional.empty();
        }
    }

    private void tell(Change change, Page page) throws RepositoryException {
        var text = request.patch ? text(change) : Optional.<TextDiff>empty();
        if (output.isJson()) {
            var json = ChangeRenderer.json(change);
            text.filter(TextDiff::isText).ifPresent(lines -> json.put("patch", ChangeRenderer.patch(change, lines)));
            Json.print(page.out(), json);
            return;
        }
        page.line(
                ChangeRenderer.style(change),
                ChangeRenderer.letter(change) + " " + change.path().display());
        text.ifPresent(lines -> ChangeRenderer.printPatch(change, lines, page));
    }

    private void finish(InPlacePlan plan, RestoreRenderer renderer, Duration duration) {
        output.endWarnings();
        summary(plan, renderer.report().count(), request.verify);
        output.remark("made " + Quantities.count(plan.changes().size(), "change")
                + (request.target.isEmpty()
                        ? " in place"
                        : " in " + request.target.get().display())
                + (request.verify ? " and verified all" : ", not verified") + ", in "
                + Quantities.duration(duration));
    }

    private void summary(InPlacePlan plan, long problems, boolean verified) {
        if (output.isJson()) {
            Json.print(
                    output.answer(),
                    Json.message("summary")
                            .put("snapshot_id", wanted.id().hex())
                            .put("changes", plan.changes().size())
                            .put("kept", plan.kept())
                            .put("problems", problems)
                            .put("dry_run", request.dryRun)
                            .put("verified", verified && problems == 0));
        }
    }
}
