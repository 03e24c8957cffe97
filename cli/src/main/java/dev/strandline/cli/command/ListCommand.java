package dev.strandline.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.options.Triggers;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Moments;
import dev.strandline.cli.output.Quantities;
import dev.strandline.cli.output.Table;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRoot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Lists snapshots, newest last. */
public final class ListCommand implements Command {
    private static final int MAX_PATHS = 10;

    private static final int ALL = Integer.MAX_VALUE;

    /** How long it may take to find out what each would free. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();

    private List<String> tags = new ArrayList<>();
    private @Nullable String host;
    private @Nullable String trigger;
    private @Nullable String last;

    public ListCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(this, "list", "List snapshots, newest last, with what each added and would free.")
                .aliases("snapshots")
                .exitCodes(
                        "0:listed",
                        "1:failed",
                        "2:wrong usage",
                        "10:no repository",
                        "12:wrong key",
                        "13:some snapshots are damaged; the others were listed")
                .with(repository)
                .with(outputOptions)
                .listedNames("--tag", "TAG", "Only snapshots with all these tags.", values -> tags = values)
                .name("--host", "NAME", "Only snapshots of this host.", value -> host = value)
                .text("--last,--latest", "N", "Only the newest N; older ones are not read.", value -> last = value)
                .text("--trigger", "TRIGGER", "Only manual, scheduled or run ones.", value -> trigger = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        var wanted = Optional.ofNullable(trigger).map(Triggers::of);
        int newest = last == null ? ALL : count(last);
        try (var open = repository.open(context, output::note).repository()) {
            Predicate<Snapshot> isWanted =
                    snapshot -> (host == null || snapshot.record().hostname().equals(host))
                            && (wanted.isEmpty() || snapshot.record().trigger() == wanted.get())
                            && new HashSet<>(snapshot.record().tags()).containsAll(tags);
            var listing = newest == ALL ? open.snapshots() : open.newest(newest, isWanted);
            var chosen = listing.snapshots().stream().filter(isWanted).toList();
            var frees = open.exclusiveBytes(chosen, PATIENCE);
            if (output.isJson()) {
                ArrayNode array = Json.object().arrayNode();
                for (var snapshot : chosen) {
                    var json = Json.snapshot(snapshot);
                    var freed = frees.get(snapshot.id());
                    if (freed != null) {
                        json.put("would_free_bytes", freed);
                    }
                    array.add(json);
                }
                Json.print(output.answer(), array);
            } else if (chosen.isEmpty()) {
                output.remark("no snapshots");
            } else {
                table(chosen, frees).print(output.answer());
            }
            listing.damaged().forEach(damage -> output.warning("damaged: " + damage.getMessage()));
            output.endWarnings();
            return listing.damaged().isEmpty() ? ExitCode.DONE : ExitCode.DAMAGE;
        }
    }

    private static int count(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException _) {
            // Told below, with the numbers that are none.
        }
        throw new UsageException("--last: '" + text + "' is no count: write a number from 1 on");
    }

    private Table table(List<Snapshot> snapshots, Map<SnapshotId, Long> frees) {
        var table = new Table(
                "ID", "NAME (UTC)", "TIME", "AGE", "HOST", ">FILES", ">SIZE", ">ADDED", ">FREES", "PATHS", "MESSAGE");
        var now = context.clock().instant();
        for (var snapshot : snapshots) {
            var record = snapshot.record();
            var freed = frees.get(snapshot.id());
            var pin = record.pinned() ? "pinned " : "";
            var notes = pin + (record.tags().isEmpty() ? "" : "[" + String.join(",", record.tags()) + "] ");
            table.add(
                    snapshot.id().shortHex(),
                    record.name(),
                    Moments.text(record.time(), context.zone()),
                    Quantities.age(record.time(), now),
                    ByteText.display(record.hostname()),
                    Quantities.count(record.totals().files()),
                    Quantities.bytes(record.totals().bytes()),
                    Quantities.bytes(record.totals().storedBytes()),
                    freed == null ? "-" : Quantities.bytes(freed),
                    paths(record.roots()),
                    ByteText.display(notes + record.message()));
        }
        return table;
    }

    /** A snapshot of a list of files can have more than a line takes. */
    private static String paths(List<SnapshotRoot> roots) {
        String paths = roots.stream()
                .limit(MAX_PATHS)
                .map(root -> root.path().display())
                .collect(Collectors.joining(" "));
        return roots.size() <= MAX_PATHS
                ? paths
                : paths + " and " + Quantities.count(roots.size() - MAX_PATHS) + " more";
    }
}
