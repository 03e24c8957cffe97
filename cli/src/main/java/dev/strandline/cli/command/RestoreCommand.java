package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.Restart;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.SnapshotAddress;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Output;
import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.restore.InPlacePlanner;
import dev.strandline.core.restore.Overwrite;
import dev.strandline.core.restore.RestoreFilter;
import java.io.IOException;
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
                        "130:interrupted; 143 by SIGTERM, 129 by SIGHUP")
                .with(repository)
                .with(outputOptions)
                .argument("SNAP[:PATH]", "A snapshot, or a path in one.", value -> place = value)
                .text(
                        "--target",
                        "DIR",
                        "An empty or new directory, or the one of the same restore that was interrupted.",
                        value -> target = value)
                .flag(
                        "--in-place",
                        "Over the captured places themselves; what is there is saved as a snapshot before.",
                        value -> inPlace = value)
                .flag(
                        "--delete",
                        "Delete what the snapshot does not have. What a snapshot leaves out is never deleted.",
                        value -> delete = value)
                .text(
                        "--overwrite",
                        "POLICY",
                        "Replace existing files that differ always (default in place), if-changed, if-newer or never; a --target may then hold something.",
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
            return output.code(writeArchive(output, address, ArchiveOutput.of(archive)));
        }
        if (inPlace) {
            context.restart().ifPresent(Restart::run);
            return output.code(restoreInPlace(output, address));
        }
        if (force) {
            throw new UsageException("--force is for --in-place");
        }
        if (target == null) {
            throw new UsageException("restore to where? Give --target DIR, an empty or new directory, or --in-place");
        }
        var request = new TargetRestore.Request(
                context.absolute(target),
                new RestoreFilter(IgnoreRules.of(includes), IgnoreRules.of(excludes)),
                Optional.ofNullable(overwrite).map(RestoreCommand::policy),
                delete,
                isByName(owner),
                sparse,
                dryRun,
                !noVerify);
        return output.code(QuickStart.attempt(
                context, output, repository.opensAtOnce(context), Restart.MAX_QUICK_BYTES, maximumBytes -> {
                    var opened = repository.open(context, output::note);
                    try (var open = opened.repository()) {
                        var snapshot = address.find(open, output);
                        return new TargetRestore(context, output, opened, request)
                                .run(snapshot, address.path().orElse(FilePath.ROOT), maximumBytes);
                    }
                }));
    }

    private static Overwrite policy(String name) {
        return Overwrite.of(name)
                .orElseThrow(() -> new UsageException(
                        "--overwrite is always, if-changed, if-newer or never, not '" + ByteText.display(name) + "'"));
    }

    private static boolean isByName(String value) {
        return switch (value) {
            case "name" -> true;
            case "id" -> false;
            default -> throw new UsageException("--owner is id or name, not '" + ByteText.display(value) + "'");
        };
    }

    private int writeArchive(Output output, SnapshotAddress address, ArchiveOutput format) throws RepositoryException {
        boolean hasOptions = !includes.isEmpty() || !excludes.isEmpty() || delete || overwrite != null || force;
        if (target != null
                || inPlace
                || sparse
                || isByName(owner)
                || noVerify
                || dryRun
                || hasOptions
                || output.isJson()) {
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
        var policy = Optional.ofNullable(overwrite).map(RestoreCommand::policy).orElse(Overwrite.ALWAYS);
        var filter = new RestoreFilter(IgnoreRules.of(includes), IgnoreRules.of(excludes));
        var opened = repository.open(context, output::note);
        try (var open = opened.repository()) {
            var wanted = address.find(open, output);
            var path = address.path().orElse(FilePath.ROOT);
            var _ = new SnapshotTree(wanted, open.chunks()).at(path); // a wrong one is refused before anything is done
            var request = InPlaceRestore.Request.inPlace(
                    new InPlacePlanner.Scope(path, filter), policy, delete, force, dryRun, patch, !noVerify);
            return new InPlaceRestore(context, output, opened, wanted, request).run();
        }
    }
}
