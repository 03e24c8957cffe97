package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.Quantities;
import dev.strandline.cli.output.Table;
import dev.strandline.core.report.DeduplicationReport;
import dev.strandline.core.repository.RepositoryException;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Reports what deduplication saves. */
public final class StatsCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();

    public StatsCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(this, "stats", "Report what deduplication and compression save.")
                .exitCodes(
                        "0:reported",
                        "1:failed",
                        "2:wrong usage",
                        "10:no repository",
                        "12:wrong key",
                        "13:some snapshots are damaged and not counted")
                .with(repository)
                .with(outputOptions)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        try (var open = repository.open(context, output::note).repository()) {
            var listing = open.snapshots();
            var report =
                    DeduplicationReport.of(listing.snapshots(), open.inspect().amounts());
            if (output.isJson()) {
                json(report, output);
            } else {
                print(report, output);
            }
            listing.damaged().forEach(damage -> output.warning("damaged, not counted: " + damage.getMessage()));
            output.endWarnings();
            return listing.damaged().isEmpty() ? ExitCode.DONE : ExitCode.DAMAGE;
        }
    }

    private static void print(DeduplicationReport report, Output output) {
        var stored = report.stored();
        var table = new Table("", ">BYTES", "");
        table.add(
                "snapshots restored",
                Quantities.bytes(report.logicalBytes()),
                Quantities.count(report.snapshots(), "snapshot") + ", "
                        + Quantities.count(report.logicalFiles(), "file"));
        table.add("- duplicates and holes", Quantities.bytes(report.duplicateBytes()), "content stored once for many");
        table.add(
                "= distinct content",
                Quantities.bytes(stored.data().plainBytes()),
                Quantities.count(stored.data().chunks(), "chunk"));
        table.add(
                "- differences",
                Quantities.bytes(report.deltaBytes()),
                Quantities.count(stored.data().differences(), "chunk") + " stored as what differs from another");
        table.add("- compression", Quantities.bytes(report.compressionBytes()), "");
        table.add("= content stored", Quantities.bytes(stored.data().storedBytes()), "");
        table.add(
                "+ trees",
                Quantities.bytes(stored.tree().storedBytes()),
                Quantities.count(stored.tree().chunks(), "chunk") + ", "
                        + Quantities.bytes(stored.tree().plainBytes()) + " before compression");
        table.add("+ overhead", Quantities.bytes(stored.overheadBytes()), "headers, index segments, records, padding");
        table.add(
                "= repository",
                Quantities.bytes(stored.totalBytes()),
                Quantities.count(stored.packs(), "pack") + ", " + Quantities.count(stored.segments(), "index segment")
                        + ", " + Quantities.count(stored.snapshots(), "snapshot record"));
        table.print(output.answer());
        if (stored.totalBytes() > 0) {
            output.answer()
                    .println(String.format(
                            Locale.ROOT, "%nratio: %.1f bytes restored for each byte stored", report.ratio()));
        }
    }

    private static void json(DeduplicationReport report, Output output) {
        var stored = report.stored();
        Json.print(
                output.answer(),
                Json.object()
                        .put("snapshots_count", report.snapshots())
                        .put("total_file_count", report.logicalFiles())
                        .put("total_uncompressed_size", report.logicalBytes())
                        .put("total_size", stored.totalBytes())
                        .put("ratio", report.ratio())
                        .put("duplicate_bytes", report.duplicateBytes())
                        .put("delta_bytes", report.deltaBytes())
                        .put("compression_bytes", report.compressionBytes())
                        .put("data_chunks", stored.data().chunks())
                        .put("data_plain_bytes", stored.data().plainBytes())
                        .put("data_stored_bytes", stored.data().storedBytes())
                        .put("tree_chunks", stored.tree().chunks())
                        .put("tree_plain_bytes", stored.tree().plainBytes())
                        .put("tree_stored_bytes", stored.tree().storedBytes())
                        .put("overhead_bytes", stored.overheadBytes())
                        .put("packs", stored.packs())
                        .put("index_segments", stored.segments())
                        .put("snapshot_records", stored.snapshots()));
    }
}
