package dev.strandline.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Something to do, which ends with an exit code. Used once: parsing sets its fields. */
public interface Command extends Callable<Integer> {
    /** What the command is called and takes; what is parsed with it ends up in this command. */
    CommandSpec spec();
}
