package dev.strandline.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.Quantities;
import dev.strandline.core.check.CheckReport;
import dev.strandline.core.check.Checker;
import dev.strandline.core.repository.RepositoryException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a repository. */
@Command(
        name = "check",
        aliases = "verify",
        description = {
            "Check that everything that snapshots need is there.",
            "",
            "Every object's structure and every tree is read; with --read-data every byte is."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no damage",
            "1:failed",
            "2:wrong usage",
            "10:no repository",
            "12:wrong key",
            "13:damage found",
            "130:interrupted"
        })
public final class CheckCommand implements Callable<Integer> {
    private static final double PERCENT = 100;

    private final Context context;

    @Mixin
    private RepositoryOptions repository = new RepositoryOptions();

    @Mixin
    private OutputOptions outputOptions = new OutputOptions();

    @Option(names = "--read-data", description = "Read everything.")
    private boolean readData;

    @Option(names = "--read-data-subset", paramLabel = "P%%", description = "Read this share of the packs, by chance.")
    private @Nullable String subset;

    public CheckCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        if (readData && subset != null) {
            throw new UsageException("--read-data and --read-data-subset exclude each other");
        }
        double fraction = readData ? 1 : subset == null ? 0 : fraction(subset);
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

    private static double fraction(String text) {
        String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : "";
        try {
            double percent = Double.parseDouble(number);
            if (percent > 0 && percent <= PERCENT) {
                return percent / PERCENT;
            }
        } catch (NumberFormatException _) {
            // Told below, with all other shares that are none.
        }
        throw new UsageException("'" + text + "' is no share: write one like 5%");
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
