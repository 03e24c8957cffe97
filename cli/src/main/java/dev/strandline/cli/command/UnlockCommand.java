package dev.strandline.cli.command;

import dev.strandline.cli.environment.UsageException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Explains why there is no such command. */
@Command(name = "unlock", hidden = true, description = "Explains why there is no such command.")
public final class UnlockCommand implements Callable<Integer> {
    @Unmatched
    private String[] ignored = {};

    @Override
    public Integer call() {
        throw new UsageException("there is nothing to unlock: locks end with the process that holds them");
    }
}
