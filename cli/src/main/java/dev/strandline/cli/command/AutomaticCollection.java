package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.output.Output;
import dev.strandline.cli.output.Quantities;
import dev.strandline.core.repository.BusyException;
import dev.strandline.core.repository.CollectionCancelledException;
import dev.strandline.core.repository.CollectionOptions;
import dev.strandline.core.repository.RepositoryException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The garbage collection that follows a snapshot when one is due. What it does never changes what was saved. */
record AutomaticCollection(Context context, RepositoryOptions options, Output output) {

    /** @return what the exit code of a run that was done becomes */
    int run() {
        var configuration = context.configuration().get();
        var how = new CollectionOptions(
                CollectionOptions.DEFAULT_MAX_UNUSED,
                Optional.of(configuration.upkeep().maxTime()),
                Duration.ZERO,
                false);
        try (var open = options.open(context, output::note).repository()) {
            var forgotten = new RetentionRun(context, open)
                    .plan(configuration.retention())
                    .forgotten();
            if (!forgotten.isEmpty()) {
                open.forget(forgotten);
            }
            var report = open.collect(how, this::stopWhenInterrupted);
            output.note("a garbage collection was due: " + Quantities.count(forgotten.size(), "snapshot")
                    + " forgotten, freed "
                    + Quantities.bytes(Math.max(0, report.freedBytes() - report.writtenBytes())));
            // So that a list of many snapshots can tell at once what each would free.
            open.exclusiveBytes(List.of(), configuration.upkeep().maxTime());
            return ExitCode.DONE;
        } catch (BusyException | CollectionCancelledException _) {
            // Another one does what is due, or the next one goes on.
            return ExitCode.DONE;
        } catch (RepositoryException e) {
            output.warning("the snapshot is saved, but the garbage collection that was due failed: " + e.getMessage());
            output.say("  " + e.guidance());
            return ExitCode.PARTIAL;
        }
    }

    private void stopWhenInterrupted() {
        if (context.interruption().isRequested()) {
            throw new CollectionCancelledException();
        }
    }
}
