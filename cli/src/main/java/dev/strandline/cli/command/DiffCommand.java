package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.SnapshotAddress;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.ChangeRenderer;
import dev.strandline.cli.output.DiffRenderer;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.Page;
import dev.strandline.cli.text.FileTexts;
import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.history.KeptTrees;
import dev.strandline.core.history.SnapshotDifference;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.Trigger;
import dev.strandline.store.repository.Repositories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Tells what differs between two snapshots, or between a snapshot and what is on the disk now. */
public final class DiffCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();

    private List<String> sides = List.of();
    private boolean patch;
    private boolean stat;
    private boolean metadata;

    public DiffCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(
                        this,
                        "diff",
                        "Tell what differs between two snapshots.",
                        "",
                        "Without B, between A and what is on this host now. + added, - removed, M content, T type,"
                                + " U only owner, mode, time or attributes.")
                .exitCodes(
                        "0:told, whether or not anything differs",
                        "1:no such snapshot or path, or failed",
                        "2:wrong usage",
                        "3:told, but some things on this host can't be read",
                        "10:no repository",
                        "12:wrong key",
                        "13:damaged, not all could be told",
                        "130:interrupted; 143 by SIGTERM, 129 by SIGHUP")
                .with(repository)
                .with(outputOptions)
                .arguments("A[:PATH] [B]", "Two snapshots, or one, and a path in them.", values -> sides = values)
                .flag("-p,--patch", "Show the lines that differ.", value -> patch = value)
                .flag("--stat", "Show how many lines differ.", value -> stat = value)
                .flag("--metadata", "Also directories of which only the time differs.", value -> metadata = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        if (sides.isEmpty() || sides.size() > 2) {
            throw new UsageException("diff takes one or two snapshots, such as 'diff latest~1 latest'");
        }
        if (patch && stat) {
            throw new UsageException("--patch and --stat exclude each other");
        }
        var addresses =
                sides.stream().map(side -> SnapshotAddress.parse(side, context)).toList();
        var scope = scope(addresses);
        var opened = repository.open(context, output::note);
        try (var open = opened.repository()) {
            var listing = open.snapshots();
            listing.damaged().forEach(output::passedOver);
            var before = addresses.getFirst().find(listing);
            return addresses.size() == 2
                    ? compare(output, open.chunks(), before, addresses.getLast().find(listing), scope)
                    : compareWithDisk(output, opened, before, scope);
        }
    }

    private static FilePath scope(List<SnapshotAddress> addresses) {
        var paths = addresses.stream()
                .flatMap(address -> address.path().stream())
                .distinct()
                .toList();
        if (paths.size() > 1) {
            throw new UsageException("both sides of a diff have the same path: "
                    + paths.getFirst().display() + " or " + paths.getLast().display() + "?");
        }
        return paths.isEmpty() ? FilePath.ROOT : paths.getFirst();
    }

    private int compare(Output output, ChunkSource chunks, Snapshot before, Snapshot after, FilePath scope)
            throws RepositoryException {
        var texts = FileTexts.stored(chunks);
        return compare(output, chunks, new DiffRenderer.Sides(before, Optional.of(after), texts, texts), after, scope);
    }

    private int compareWithDisk(Output output, Repositories.Opened opened, Snapshot before, FilePath scope)
            throws RepositoryException {
        context.interruption().beginWork();
        var repository = opened.repository();
        var host = SnapshotTaker.hostname(context);
        if (!before.record().hostname().equals(host)) {
            output.warning("snapshot " + before.id().shortHex() + " is of another host, "
                    + before.record().hostname() + "; it is compared with " + host);
        }
        try (var writer = new KeptTrees(repository.rehearse())) {
            var taker =
                    new SnapshotTaker(context, host, context.clock().instant(), "", List.of(), Trigger.MANUAL, false);
            var result = new LivePlaces(context, output, opened, before, scope).captureWithCache(writer, taker);
            var record = taker.record(writer, result, List.of(), List.of(), Optional.of(before), Duration.ZERO);
            var now = new Snapshot(writer.id(), record);
            var chunks = writer.over(repository.chunks());
            var sides = new DiffRenderer.Sides(
                    before, Optional.empty(), FileTexts.stored(chunks), FileTexts.live(context.host()));
            int code = compare(output, chunks, sides, now, scope);
            return code == ExitCode.DONE && !result.problems().isEmpty() ? ExitCode.PARTIAL : code;
        }
    }

    private int compare(Output output, ChunkSource chunks, DiffRenderer.Sides sides, Snapshot after, FilePath scope)
            throws RepositoryException {
        requirePath(chunks, sides.before(), after, scope);
        var format = patch ? DiffRenderer.Format.PATCH : stat ? DiffRenderer.Format.STAT : DiffRenderer.Format.NAMES;
        try (var page = Page.open(context, output)) {
            var renderer = new DiffRenderer(context, output, page, sides, format);
            renderer.begin();
            var damages = new ArrayList<DamageException>();
            new SnapshotDifference(chunks, change -> {
                        if (metadata || !ChangeRenderer.isTimeOfDirectory(change)) {
                            renderer.on(change);
                        }
                    })
                    .within(scope)
                    .passingOver(damages::add)
                    .until(page::isGone)
                    .between(sides.before(), after);
            renderer.end();
            damages.forEach(damage -> output.warning("damaged, not all can be told: " + damage.getMessage()));
            output.endWarnings();
            return damages.isEmpty() && !renderer.isDamaged() ? output.code(ExitCode.DONE) : ExitCode.DAMAGE;
        }
    }

    /** One of the two has it. */
    private static void requirePath(ChunkSource chunks, Snapshot before, Snapshot after, FilePath path)
            throws RepositoryException {
        try {
            new SnapshotTree(after, chunks).at(path);
        } catch (NoSuchSnapshotException _) {
            new SnapshotTree(before, chunks).at(path);
        }
    }
}
