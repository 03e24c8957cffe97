package dev.strandline.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.Percentage;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.Quantities;
import dev.strandline.core.repository.CollectionCancelledException;
import dev.strandline.core.repository.CollectionOptions;
import dev.strandline.core.repository.CollectionReport;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.TimeExpression;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Frees what no snapshot needs. */
public final class GcCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();

    private boolean dryRun;
    private @Nullable String maxUnused;
    private @Nullable String maxTime;

    public GcCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(
                        this,
                        "gc",
                        "Free the space of what no snapshot needs, once the configured policy has been applied.",
                        "",
                        "Snapshots and restores may be at work meanwhile. Interrupted, it goes on when it is run again.")
                .exitCodes(
                        "0:done",
                        "1:failed",
                        "2:wrong usage",
                        "10:no repository",
                        "11:another garbage collection is at work",
                        "12:wrong key",
                        "13:damage found; nothing was deleted",
                        "130:interrupted; 143 by SIGTERM, 129 by SIGHUP")
                .with(repository)
                .with(outputOptions)
                .flag("-n,--dry-run", "Only say what would be freed.", value -> dryRun = value)
                .text(
                        "--max-unused",
                        "P%%",
                        "Leave so much unused rather than copy what is next to it; 5%% if not given.",
                        value -> maxUnused = value)
                .text("--max-time", "TIME", "Begin nothing new after this time, such as 10m.", value -> maxTime = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        var options = options();
        try (var open = repository.open(context, output::note).repository()) {
            context.interruption().beginWork();
            var forgotten = forget(open, output);
            var report = open.collect(dryRun ? options.without(forgotten) : options, this::stopWhenInterrupted);
            if (output.isJson()) {
                Json.print(output.answer(), json(report).put("snapshots_forgotten", forgotten.size()));
            } else {
                print(report, output);
            }
            return ExitCode.DONE;
        } catch (DamageException damage) {
            output.warning(
                    "nothing is deleted as long as anything can't be read: 'strandline check' says which snapshots"
                            + " are affected; forget those, or a damaged snapshot by its id, or bring the object back, and run gc again");
            output.endWarnings();
            throw damage;
        }
    }

    /** Drops what the configured policy does not keep. */
    private Collection<SnapshotId> forget(Repository open, Output output) throws RepositoryException {
        var retention = context.configuration().get().retention();
        if (retention.policy().keepsAll()) {
            return List.of();
        }
        var forgotten = new RetentionRun(context, open).plan(retention).forgotten();
        if (!forgotten.isEmpty()) {
            if (!dryRun) {
                open.forget(forgotten);
            }
            output.remark((dryRun ? "the policy would forget " : "the policy forgot ")
                    + Quantities.count(forgotten.size(), "snapshot"));
        }
        return forgotten;
    }

    private CollectionOptions options() {
        double unused = maxUnused == null ? CollectionOptions.DEFAULT_MAX_UNUSED : Percentage.parse(maxUnused);
        Optional<Duration> time = Optional.ofNullable(maxTime)
                .map(text -> TimeExpression.duration(text)
                        .filter(Duration::isPositive)
                        .orElseThrow(() -> new UsageException("'" + text + "' is no time: write one like 10m or 1h")));
        return new CollectionOptions(unused, time, CollectionOptions.DEFAULT_PATIENCE, dryRun);
    }

    private void stopWhenInterrupted() {
        if (context.interruption().isRequested()) {
            throw new CollectionCancelledException();
        }
    }

    private void print(CollectionReport report, Output output) {
        if (report.waitsFor() > 0) {
            output.note(Quantities.count(report.waitsFor(), "run")
                    + " that began before may need what is unused: the next gc after it frees that");
        }
        String needed = Quantities.count(report.snapshots(), "snapshot") + " "
                + (report.snapshots() == 1 ? "needs " : "need ") + Quantities.count(report.liveChunks(), "chunk") + "; "
                + Quantities.count(report.unusedChunks(), "chunk") + " unused";
        String packs = Quantities.count(report.deadPacks(), "pack") + " held nothing else, "
                + Quantities.count(report.rewrittenPacks()) + " copied";
        if (dryRun) {
            output.remark(needed + "; " + packs.replace("held", "hold").replace("copied", "would be copied"));
            return;
        }
        output.remark(needed + "; " + packs + "; freed " + Quantities.bytes(report.freedBytes() - report.writtenBytes())
                + " of " + Quantities.bytes(report.packBytesBefore()));
    }

    private ObjectNode json(CollectionReport report) {
        return Json.message("summary")
                .put("dry_run", dryRun)
                .put("snapshots", report.snapshots())
                .put("chunks_used", report.liveChunks())
                .put("chunks_unused", report.unusedChunks())
                .put("bytes_before", report.packBytesBefore())
                .put("packs_unused", report.deadPacks())
                .put("packs_rewritten", report.rewrittenPacks())
                .put("packs_deleted", report.deletedPacks())
                .put("bytes_written", report.writtenBytes())
                .put("bytes_freed", report.freedBytes())
                .put("bytes_unused_remaining", report.remainingUnusedBytes())
                .put("records_merged", report.mergedRecords())
                .put("runs_waited_for", report.waitsFor());
    }
}
