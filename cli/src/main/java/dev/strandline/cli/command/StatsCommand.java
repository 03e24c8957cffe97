package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.report.PageFile;
import dev.strandline.cli.report.ReportJson;
import dev.strandline.cli.report.ReportPage;
import dev.strandline.cli.report.ReportText;
import dev.strandline.core.report.RepositoryReport;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotListing;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Reports what a repository holds, what deduplication saves, and how it grows. */
public final class StatsCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();
    private final AtomicBoolean isDamaged = new AtomicBoolean();

    private boolean detail;
    private @Nullable String html;

    public StatsCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(
                        this,
                        "stats",
                        "Report what deduplication saves, how the repository grows, and where the bytes are.",
                        "",
                        "Without --detail and --html it reads records and indexes only, and is quick however much there is;"
                                + " with them it reads every directory of every snapshot once or twice.")
                .exitCodes(
                        "0:reported",
                        "1:failed",
                        "2:wrong usage",
                        "10:no repository",
                        "12:wrong key",
                        "13:something is damaged and not counted")
                .with(repository)
                .with(outputOptions)
                .flag(
                        "--detail",
                        "Also tell what each snapshot alone would free, what folders and kinds of files take, and what"
                                + " changes most.",
                        value -> detail = value)
                .text(
                        "--html",
                        "FILE",
                        "Write all of it to FILE as a page for a browser, in place of what it was.",
                        value -> html = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        if (html == null) {
            report(output);
        } else {
            try (var file = PageFile.at(context.host(), context.absolute(html))) {
                report(output, file);
            }
        }
        output.endWarnings();
        return isDamaged.get() ? ExitCode.DAMAGE : ExitCode.DONE;
    }

    private void report(Output output) throws RepositoryException {
        try (var open = repository.open(context, output::note).repository()) {
            var listing = open.snapshots();
            answer(detail ? full(open, listing, output) : brief(open, listing), output);
            tell(listing, output);
        }
    }

    private void report(Output output, PageFile file) throws RepositoryException {
        try (var open = repository.open(context, output::note).repository()) {
            var listing = open.snapshots();
            var report = full(open, listing, output);
            String place = repository.path(context).display();
            file.write(new ReportPage(report, place, listing.damaged().size()).text());
            if (output.isJson() || detail) {
                answer(report, output);
            }
            output.remark("wrote " + file.path().display());
            tell(listing, output);
        }
    }

    private static void answer(RepositoryReport report, Output output) {
        if (output.isJson()) {
            Json.print(output.answer(), new ReportJson(report).document());
        } else {
            new ReportText(report, output.answer()).print();
        }
    }

    private void tell(SnapshotListing listing, Output output) {
        listing.damaged().forEach(damage -> damaged(damage, output));
    }

    private void damaged(DamageException damage, Output output) {
        isDamaged.set(true);
        output.warning("damaged, not counted: " + damage.getMessage());
    }

    private RepositoryReport brief(Repository open, SnapshotListing listing) throws RepositoryException {
        return RepositoryReport.brief(
                listing.snapshots(), open.inspect().amounts(), context.clock().instant(), context.zone());
    }

    private RepositoryReport full(Repository open, SnapshotListing listing, Output output) throws RepositoryException {
        var categories = context.configuration().get().categories();
        var reading = new RepositoryReport.Reading() {
            @Override
            public String kind(String name) {
                return categories.of(name);
            }

            @Override
            public void damaged(DamageException damage) {
                StatsCommand.this.damaged(damage, output);
            }
        };
        return RepositoryReport.full(open, listing.snapshots(), context.clock().instant(), context.zone(), reading);
    }
}
