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
import dev.strandline.core.check.CheckReport;
import dev.strandline.core.check.Checker;
import dev.strandline.core.repository.RepositoryException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Checks a repository. */
public final class CheckCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();

    private boolean readData;
    private @Nullable String subset;

    public CheckCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(
                        this,
                        "check",
                        "Check that everything that snapshots need is there.",
                        "",
                        "Every object's structure and every tree is read; with --read-data every byte is.")
                .aliases("verify")
                .exitCodes(
                        "0:no damage",
                        "1:failed",
                        "2:wrong usage",
                        "10:no repository",
                        "12:wrong key",
                        "13:damage found",
                        "130:interrupted; 143 by SIGTERM, 129 by SIGHUP")
                .with(repository)
                .with(outputOptions)
                .flag("--read-data", "Read everything.", value -> readData = value)
                .text("--read-data-subset", "P%%", "Read this share of the packs, by chance.", value -> subset = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        if (readData && subset != null) {
            throw new UsageException("--read-data and --read-data-subset exclude each other");
        }
        double fraction = readData ? 1 : subset == null ? 0 : Percentage.parsePositive(subset);
        try (var open = repository.open(context, output::note).repository()) {
            context.interruption().beginWork();
            var report = new Checker(open, _ -> {}, context.interruption()::isRequested).check(fraction);
            if (output.isJson()) {
                Json.print(output.answer(), json(report));
            } else {
                print(report, output);
            }
            return report.isClean() ? ExitCode.DONE : ExitCode.DAMAGE;
        }
    }

    private void print(CheckReport report, Output output) {
        report.damages().forEach(damage -> output.warning("damage: " + damage));
        report.affected()
                .forEach(affected -> output.warning("affected: " + affected.path() + " in snapshot "
                        + affected.snapshot() + ": " + affected.reason()));
        if (report.affectedCount() > report.affected().size()) {
            output.warning("affected: "
                    + Quantities.count(
                            report.affectedCount() - report.affected().size()) + " more paths");
        }
        output.endWarnings();
        report.notices().forEach(output::note);
        output.remark((report.isClean() ? "no damage" : "damage found") + ": "
                + Quantities.count(report.snapshots(), "snapshot") + ", " + Quantities.count(report.trees(), "folder")
                + ", " + Quantities.count(report.chunks(), "chunk") + " looked at, "
                + Quantities.bytes(report.bytesRead()) + " of content read");
    }

    private static ObjectNode json(CheckReport report) {
        var json = Json.message("summary")
                .put("snapshots", report.snapshots())
                .put("chunks", report.chunks())
                .put("bytes_read", report.bytesRead())
                .put("num_errors", report.damages().size())
                .put("num_affected", report.affectedCount());
        var damages = json.putArray("damages");
        report.damages().forEach(damages::add);
        var affected = json.putArray("affected");
        for (var entry : report.affected()) {
            affected.addObject()
                    .put("snapshot", entry.snapshot())
                    .put("path", entry.path())
                    .put("reason", entry.reason());
        }
        return json;
    }
}
