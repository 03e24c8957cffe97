package dev.strandline.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.Restart;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.SnapshotAddress;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.ProgressDisplay;
import dev.strandline.cli.output.Quantities;
import dev.strandline.cli.output.RestoreRenderer;
import dev.strandline.cli.unattended.StateRecorder;
import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import dev.strandline.core.repository.ChunkSource;
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
import dev.strandline.core.restore.Verifier;
import dev.strandline.core.snapshot.OwnerNames;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Brings a snapshot back, into an empty directory or in place, and verifies it. */
public final class RestoreCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();

    private String place = "";
    private @Nullable String target;
    private List<String> includes = new ArrayList<>();
    private List<String> excludes = new ArrayList<>();
    private boolean noVerify;
    private boolean sparse;
    private boolean dryRun;
    private boolean inPlace;
    private boolean delete;
    private boolean force;
    private @Nullable String overwrite;
    private @Nullable String archive;
    private String owner = "id";
    private boolean patch;

    public RestoreCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(
                        this,
                        "restore",
                        "Restore a snapshot, or a path of one, and verify it.",
                        "",
                        "The entries of the named directory go into DIR; without a path, captured folders keep their whole path"
                                + " below DIR.")
                .exitCodes(
                        "0:restored and verified",
                        "1:refused or failed",
                        "2:wrong usage",
                        "3:restored, but some things could not be written",
                        "10:no repository",
                        "12:wrong key",
                        "13:damage found; all that is undamaged was restored",
                        "130:interrupted")
                .with(repository)
                .with(outputOptions)
                .argument("SNAP[:PATH]", "A snapshot, or a path in one.", value -> place = value)
                .text("--target", "DIR", "An empty or new directory.", value -> target = value)
                .flag(
                        "--in-place",
                        "Over the captured places themselves; what is there is saved as a snapshot before.",
                        value -> inPlace = value)
                .flag(
                        "--delete",
                        "In place: delete what the snapshot does not have. What a snapshot leaves out is never deleted.",
                        value -> delete = value)
                .text(
                        "--overwrite",
                        "POLICY",
                        "In place: replace existing files that differ always (default), if-changed, if-newer or never.",
                        value -> overwrite = value)
                .flag(
                        "-f,--force",
                        "In place: also on a protected host, or where something can't be saved before.",
                        value -> force = value)
                .texts(
                        "-i,--include",
                        "PATTERN",
                        "Only what matches, relative to what is restored. Repeatable.",
                        values -> includes = values)
                .texts("-e,--exclude", "PATTERN", "Not what matches. Repeatable.", values -> excludes = values)
                .text(
                        "--owner",
                        "id|name",
                        "Give files to the users and groups of the same number (default), or of the same name on this host.",
                        value -> owner = value)
                .flag("--no-verify", "Don't read back what was written.", value -> noVerify = value)
                .flag(
                        "--sparse",
                        "Store runs of zeros as holes even where the source had none.",
                        value -> sparse = value)
                .text(
                        "--archive",
                        "tar|zip",
                        "Instead of to a directory, as an archive to standard output, as 'dump' does.",
                        value -> archive = value)
                .flag("-n,--dry-run", "Write nothing; say what would be restored.", value -> dryRun = value)
                .flag(
                        "-p,--patch",
                        "With --dry-run, in place: show the lines that would change.",
                        value -> patch = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        var address = SnapshotAddress.parse(place, context);
        var _ = isByName(owner);
        if (patch && !(dryRun && inPlace)) {
            throw new UsageException("--patch goes with --dry-run and --in-place");
        }
        if (archive != null) {
            return writeArchive(output, address, ArchiveOutput.of(archive));
        }
        if (inPlace) {
            context.restart().ifPresent(Restart::run);
            return restoreInPlace(output, address);
        }
        if (delete || overwrite != null || force) {
            throw new UsageException("--delete, --overwrite and --force are for --in-place: a --target is empty");
        }
        if (target == null) {
            throw new UsageException("restore to where? Give --target DIR, an empty or new directory, or --in-place");
        }
        var targetPath = context.absolute(target);
        if (context.restart().isPresent()) {
            if (repository.opensAtOnce(context)) {
                output.hold();
                try {
                    var done = restore(output, address, targetPath, Restart.MAX_QUICK_BYTES);
                    if (done.isPresent()) {
                        return done.get();
                    }
                    output.forget();
                } finally {
                    output.release();
                }
            }
            context.restart().get().run();
        }
        return restore(output, address, targetPath, Long.MAX_VALUE).orElseThrow();
    }

    /** Empty, with nothing done, when there may be more to restore than {@code maximumBytes}. */
    private Optional<Integer> restore(Output output, SnapshotAddress address, FilePath targetPath, long maximumBytes)
            throws RepositoryException {
        var filter = new RestoreFilter(IgnoreRules.of(includes), IgnoreRules.of(excludes));
        try (var open = repository.open(context, output::note).repository()) {
            var tree = new SnapshotTree(address.find(open, output), open.chunks());
            var path = address.path().orElse(FilePath.ROOT);
            if (bytesAt(tree, path) > maximumBytes) {
                return Optional.empty();
            }
            output.release();
            var owners = isByName(owner) ? ownersByName(tree.snapshot(), open.chunks()) : OwnerMap.byId();
            var plan = new RestorePlanner(context.host(), open.chunks())
                    .plan(tree, path, targetPath, filter, sparse)
                    .with(owners);
            for (var unstable : plan.unstable()) {
                output.warning(plan.target().resolve(unstable).display()
                        + " changed while the snapshot read it: it may mix two states");
            }
            output.endWarnings();
            return Optional.of(dryRun ? tell(plan, output) : restore(open, plan, output));
        } catch (IOException e) {
            throw new StorageException(
                    "the restore stopped: " + e.getMessage(),
                    "The target holds a part of the snapshot; remove it and run again.",
                    e);
        }
    }

    private static boolean isByName(String value) {
        return switch (value) {
            case "name" -> true;
            case "id" -> false;
            default -> throw new UsageException("--owner is id or name, not '" + ByteText.display(value) + "'");
        };
    }

    private OwnerMap ownersByName(Snapshot snapshot, ChunkSource chunks) throws RepositoryException {
        for (var state : snapshot.record().systemState()) {
            if (state.name().equals(OwnerNames.STATE_NAME)) {
                var here = StateRecorder.owners(context.host())
                        .orElseThrow(() -> new RefusedException(
                                "this host has no /etc/passwd and /etc/group", "Restore with --owner id."));
                return OwnerMap.byName(OwnerNames.decode(SnapshotSheet.bytes(chunks, state)), here);
            }
        }
        throw new RefusedException(
                "snapshot " + snapshot.id().shortHex() + " does not know the names of its users and groups",
                "Restore with --owner id.");
    }

    /** What a file holds; of a directory, no less than what is in it. */
    private static long bytesAt(SnapshotTree tree, FilePath path) throws RepositoryException {
        return tree.at(path) instanceof SnapshotTree.Place.Captured(var _, var node)
                        && !(node instanceof Node.Directory)
                ? node instanceof Node.RegularFile file ? file.content().sizeBytes() : 0
                : tree.snapshot().record().totals().bytes();
    }

    private int writeArchive(Output output, SnapshotAddress address, ArchiveOutput format) throws RepositoryException {
        boolean hasOptions = !includes.isEmpty() || !excludes.isEmpty() || delete || overwrite != null || force;
        if (target != null || inPlace || sparse || noVerify || dryRun || hasOptions || output.isJson()) {
            throw new UsageException("--archive goes with none of the other options of a restore");
        }
        context.restart().ifPresent(Restart::run);
        try (var open = repository.open(context, output::note).repository()) {
            var chunks = open.chunks();
            var tree = new SnapshotTree(address.find(open, output), chunks);
            return format.write(
                    context, output, chunks, tree, tree.at(address.path().orElse(FilePath.ROOT)));
        } catch (IOException e) {
            throw new RefusedException("standard output can't take it: " + e.getMessage(), "");
        }
    }

    private int restoreInPlace(Output output, SnapshotAddress address) throws RepositoryException {
        if (target != null || sparse || isByName(owner)) {
            throw new UsageException("--in-place goes neither with --target nor with --sparse or --owner name");
        }
        var policy = overwrite == null
                ? Overwrite.ALWAYS
                : Overwrite.of(overwrite)
                        .orElseThrow(() -> new UsageException(
                                "--overwrite is always, if-changed, if-newer or never, not '" + overwrite + "'"));
        var filter = new RestoreFilter(IgnoreRules.of(includes), IgnoreRules.of(excludes));
        var opened = repository.open(context, output::note);
        try (var open = opened.repository()) {
            var wanted = address.find(open, output);
            var path = address.path().orElse(FilePath.ROOT);
            var _ = new SnapshotTree(wanted, open.chunks()).at(path); // a wrong one is refused before anything is done
            var request = new InPlaceRestore.Request(
                    new InPlacePlanner.Scope(path, filter), policy, delete, force, dryRun, patch, !noVerify);
            return new InPlaceRestore(context, output, opened, wanted, request).run();
        }
    }

    private int tell(RestorePlan plan, Output output) {
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

    private int restore(Repository open, RestorePlan plan, Output output) throws RepositoryException, IOException {
        if (plan.files() + plan.others() + plan.directories() == 0) {
            throw new RefusedException("nothing matches, so nothing was restored", "Check --include and --exclude.");
        }
        var started = context.clock().instant();
        var renderer = new RestoreRenderer(context, output);
        context.interruption().beginWork();
        try (var _ = display("restore", plan, renderer, output)) {
            new Restorer(context.host(), open.chunks(), renderer, context.interruption()::isRequested).execute(plan);
        }
        if (!noVerify) {
            renderer.restart();
            try (var _ = display("verify", plan, renderer, output)) {
                new Verifier(
                                context.host(),
                                open,
                                open.chunks(),
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
        renderer.finish(plan, planJson(plan), duration, !noVerify);
        if (renderer.report().count(RestoreProblem.Aspect.DAMAGE) > 0) {
            return ExitCode.DAMAGE;
        }
        return renderer.report().count() == 0 && unknown.isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL;
    }

    private static ProgressDisplay.Shown display(
            String task, RestorePlan plan, RestoreRenderer renderer, Output output) {
        return output.showsProgress()
                ? ProgressDisplay.start(task, plan::bytes, renderer::bytes, renderer::entries)::close
                : () -> {};
    }
}
