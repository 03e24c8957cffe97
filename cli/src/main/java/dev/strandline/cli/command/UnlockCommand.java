package dev.strandline.cli.command;

import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** Explains why there is no such command. */
public final class UnlockCommand implements Command {
    @Override
    public CommandSpec spec() {
        return new Syntax(this, "unlock", "Explains why there is no such command.")
                .hidden()
                .ignoringTheRest()
                .spec();
    }

    @Override
    public Integer call() {
        throw new UsageException("there is nothing to unlock: locks end with the process that holds them");
    }
}
