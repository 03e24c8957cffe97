package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.Syntax;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.restore.InPlacePlanner;
import dev.strandline.core.restore.Overwrite;
import dev.strandline.core.restore.RestoreFilter;
import dev.strandline.core.snapshot.Snapshot;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Goes back to what was there before the last restore in place. */
public final class UndoRestoreCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();
    private boolean dryRun;
    private boolean patch;
    private boolean noVerify;
    private boolean force;

    public UndoRestoreCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(
                        this,
                        "undo-restore",
                        "Go back to what was there before the last restore in place.",
                        "",
                        "What is there now is saved before, so that running it again takes it back.")
                .exitCodes(
                        "0:restored and verified",
                        "1:there was no restore in place, or refused, or failed",
                        "2:wrong usage",
                        "3:restored, but some things could not be written",
                        "10:no repository",
                        "12:wrong key",
                        "13:damage found; all that is undamaged was restored",
                        "130:interrupted; 143 by SIGTERM, 129 by SIGHUP")
                .with(repository)
                .with(outputOptions)
                .flag("--no-verify", "Don't read back what was written.", value -> noVerify = value)
                .flag(
                        "-f,--force",
                        "Also on a protected host, or where something can't be saved before.",
                        value -> force = value)
                .flag("-n,--dry-run", "Write nothing; say what would change.", value -> dryRun = value)
                .flag("-p,--patch", "With --dry-run: show the lines that would change.", value -> patch = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        if (patch && !dryRun) {
            throw new UsageException("--patch goes with --dry-run");
        }
        var opened = repository.open(context, output::note);
        try (var open = opened.repository()) {
            var listing = open.snapshots();
            listing.damaged().forEach(output::passedOver);
            var safety = newest(listing.snapshots());
            var request = InPlaceRestore.Request.inPlace(
                    new InPlacePlanner.Scope(InPlaceRestore.scopeOf(safety), RestoreFilter.ALL),
                    Overwrite.ALWAYS,
                    true,
                    force,
                    dryRun,
                    patch,
                    !noVerify);
            return output.code(new InPlaceRestore(context, output, opened, safety, request).run());
        }
    }

    private Snapshot newest(List<Snapshot> snapshots) throws NoSuchSnapshotException {
        var host = SnapshotTaker.hostname(context);
        return snapshots.reversed().stream()
                .filter(snapshot -> snapshot.record().hostname().equals(host)
                        && snapshot.record().tags().contains(InPlaceRestore.TAG))
                .findFirst()
                .orElseThrow(() -> new NoSuchSnapshotException(
                        "nothing was restored in place on " + host + ", so there is nothing to undo", List.of()));
    }
}
