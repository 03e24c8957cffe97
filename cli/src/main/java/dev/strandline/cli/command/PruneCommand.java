package dev.strandline.cli.command;

import dev.strandline.cli.environment.UsageException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Explains why there is no such command. */
@Command(name = "prune", hidden = true, description = "Explains why there is no such command.")
public final class PruneCommand implements Callable<Integer> {
    @Unmatched
    private String[] ignored = {};

    @Override
    public Integer call() {
        throw new UsageException(
                "'prune' means different things in different tools: 'forget' drops snapshots, 'gc' frees space");
    }
}
