package dev.strandline.cli.command;

import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** Explains why there is no such command. */
public final class PruneCommand implements Command {
    @Override
    public CommandSpec spec() {
        return new Syntax(this, "prune", "Explains why there is no such command.")
                .hidden()
                .ignoringTheRest()
                .spec();
    }

    @Override
    public Integer call() {
        throw new UsageException(
                "'prune' means different things in different tools: 'forget' drops snapshots, 'gc' frees space");
    }
}
