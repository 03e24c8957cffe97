package dev.strandline.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.Quantities;
import dev.strandline.cli.unattended.RunJournal;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotTotals;
import dev.strandline.core.snapshot.TimeExpression;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Tells when this host was last saved, and whether that is long ago. */
public final class StatusCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();
    private @Nullable String host;
    private @Nullable String maxAge;

    public StatusCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(this, "status", "Tell when this host was last saved.")
                .exitCodes(
                        "0:told, and not stale",
                        "1:failed",
                        "2:wrong usage",
                        "10:no repository",
                        "12:wrong key",
                        "13:some snapshots are damaged",
                        "14:stale: the newest snapshot is older than --max-age, or there is none")
                .with(repository)
                .with(outputOptions)
                .name("--host", "NAME", "Of this host; else $STRANDLINE_HOST, or as configured.", value -> host = value)
                .text(
                        "--max-age",
                        "AGE",
                        "Fail when the newest snapshot is older, such as 20m.",
                        value -> maxAge = value)
                .spec();
    }

    /** @param newest of the host, that is not from the future */
    private record Finding(
            String host,
            Optional<Snapshot> newest,
            int count,
            Optional<Instant> oldestAllowed,
            RunJournal.Entries runs) {
        boolean isStale() {
            return oldestAllowed.isPresent()
                    && newest.filter(snapshot -> !snapshot.record().time().isBefore(oldestAllowed.get()))
                            .isEmpty();
        }
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        var now = context.clock().instant();
        Optional<Instant> oldestAllowed = maxAge == null ? Optional.empty() : Optional.of(oldestAllowed(maxAge, now));
        var name = host == null ? SnapshotTaker.hostname(context) : host;
        try (var open = repository.open(context, output::note).repository()) {
            var listing = open.snapshots();
            List<Snapshot> ofHost = listing.snapshots().stream()
                    .filter(snapshot -> snapshot.record().hostname().equals(name))
                    .toList();
            var newest = ofHost.reversed().stream()
                    .filter(snapshot -> !snapshot.record().time().isAfter(now))
                    .findFirst();
            var finding = new Finding(name, newest, ofHost.size(), oldestAllowed, runs(name));
            tell(output, finding, now);
            listing.damaged().forEach(damage -> output.warning("damaged: " + damage.getMessage()));
            output.endWarnings();
            if (finding.isStale()) {
                output.say("strandline: " + complaint(finding, now));
                return ExitCode.STALE;
            }
            return listing.damaged().isEmpty() ? ExitCode.DONE : ExitCode.DAMAGE;
        }
    }

    /** Of another host, this one knows no runs. */
    private RunJournal.Entries runs(String name) throws RepositoryException {
        return name.equals(SnapshotTaker.hostname(context))
                ? RunJournal.of(RepositoryOptions.cacheDirectory(context), repository.path(context))
                        .entries()
                : RunJournal.Entries.NONE;
    }

    private Instant oldestAllowed(String age, Instant now) {
        return TimeExpression.parse(age, now, context.zone())
                .filter(time -> time.isBefore(now))
                .orElseThrow(() -> new UsageException("'" + age + "' is no age: write one like 20m, 2h or 1d12h"));
    }

    private String complaint(Finding finding, Instant now) {
        return finding.newest
                .map(snapshot -> "the newest snapshot of " + ByteText.display(finding.host) + " is "
                        + age(snapshot, now) + " old, more than " + maxAge)
                .orElse("there is no snapshot of " + ByteText.display(finding.host));
    }

    private static String age(Snapshot snapshot, Instant now) {
        return Quantities.duration(Duration.between(snapshot.record().time(), now));
    }

    private void tell(Output output, Finding finding, Instant now) {
        if (output.isJson()) {
            var json = Json.message("status").put("hostname", finding.host).put("snapshots", finding.count);
            json.put("stale", finding.isStale());
            finding.newest.ifPresent(snapshot -> {
                json.put(
                        "age_seconds",
                        Duration.between(snapshot.record().time(), now).toSeconds());
                json.set("newest", Json.snapshot(snapshot));
            });
            finding.runs.last().ifPresent(run -> json.set("last_run", json(run)));
            finding.runs.failed().ifPresent(run -> json.set("last_failure", json(run)));
            Json.print(output.answer(), json);
            return;
        }
        output.answer().println("host      " + ByteText.display(finding.host));
        output.answer().println("snapshots " + Quantities.count(finding.count));
        finding.newest.ifPresent(snapshot -> {
            var record = snapshot.record();
            output.answer()
                    .println("newest    " + record.name() + " (UTC), " + age(snapshot, now) + " ago, "
                            + record.trigger().text());
            output.answer()
                    .println("holds     " + Quantities.count(record.totals().files(), "file") + ", "
                            + Quantities.bytes(record.totals().bytes()) + ", " + changes(record.totals()));
            if (record.totals().unreadable() > 0) {
                output.answer()
                        .println("missing   " + Quantities.count(record.totals().unreadable(), "source")
                                + " could not be read, see 'show'");
            }
        });
        finding.runs
                .last()
                .filter(run -> run.exitCode() != 0)
                .ifPresent(run -> printFailed(output, "last run", run, now));
        if (finding.runs.last().filter(run -> run.exitCode() != 0).isEmpty()) {
            finding.runs.failed().ifPresent(run -> printFailed(output, "last fail", run, now));
        }
    }

    private void printFailed(Output output, String label, RunJournal.Entry run, Instant now) {
        output.answer()
                .println(String.format(Locale.ROOT, "%-10s", label)
                        + Json.time(run.started(), context.zone()) + ", "
                        + Quantities.duration(Duration.between(run.started(), now)) + " ago, exit code "
                        + run.exitCode() + (run.error().isEmpty() ? "" : ": " + ByteText.display(run.error())));
    }

    private ObjectNode json(RunJournal.Entry run) {
        return Json.object()
                .put("time", Json.time(run.started(), context.zone()))
                .put("trigger", run.trigger().text())
                .put("exit_code", run.exitCode())
                .put("error", run.error());
    }

    private static String changes(SnapshotTotals totals) {
        return totals.filesNew() + totals.filesChanged() == 0
                ? "nothing new or changed"
                : Quantities.count(totals.filesNew()) + " new, " + Quantities.count(totals.filesChanged()) + " changed";
    }
}
