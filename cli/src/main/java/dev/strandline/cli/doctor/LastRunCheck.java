package dev.strandline.cli.doctor;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.output.Quantities;
import dev.strandline.cli.unattended.RunJournal;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/** How the last run of this host ended, scheduled or not. */
final class LastRunCheck {
    private static final String NAME = "last run";
    private static final String FIX = "Mend what it says, and run 'strandline snapshot'.";

    private final Context context;
    private final FilePath cacheFolder;

    LastRunCheck(Context context, FilePath cacheFolder) {
        this.context = context;
        this.cacheFolder = cacheFolder;
    }

    Finding finding() {
        RunJournal.Entries entries;
        try {
            entries = RunJournal.of(
                            Path.of(ByteText.decode(cacheFolder.toBytes())), new RepositoryOptions().path(context))
                    .entries();
        } catch (RepositoryException | UsageException | InvalidPathException e) {
            return Finding.notChecked(NAME, String.valueOf(e.getMessage()));
        }
        if (entries.last().isEmpty()) {
            return Finding.ok(NAME, "none of this host is known");
        }
        var last = entries.last().get();
        if (last.exitCode() != ExitCode.DONE) {
            return last.exitCode() == ExitCode.PARTIAL
                    ? Finding.warning(NAME, told(last), FIX)
                    : Finding.failure(NAME, told(last), FIX);
        }
        return Finding.ok(
                NAME,
                told(last)
                        + entries.failed()
                                .map(failed -> "; the last error: " + told(failed))
                                .orElse(""));
    }

    private String told(RunJournal.Entry run) {
        var age = Duration.between(run.started(), context.clock().instant());
        String when = Quantities.duration(age.isNegative() ? Duration.ZERO : age) + " ago";
        if (run.exitCode() == ExitCode.DONE) {
            return when + ", all was saved";
        }
        return when + ", exit code " + run.exitCode()
                + (run.error().isEmpty() ? "" : ": " + ByteText.display(run.error()));
    }
}
