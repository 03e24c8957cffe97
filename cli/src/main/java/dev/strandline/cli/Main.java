package dev.strandline.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The process entry point: parses the command line and turns the outcome into an exit code. */
@Command(name = "strandline", description = "Snapshots of file trees, content-addressed.")
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Command(name = "version", description = "Print the version.")
    int version() {
        System.out.println("strandline " + System.getProperty("strandline.version", "(unpackaged)"));
        return 0;
    }

    @Command(name = "aot-training", hidden = true, description = "Exercise what the AOT cache should hold.")
    int aotTraining(@Parameters(paramLabel = "DIR") String directory) {
        System.out.println("training in " + directory);
        return 0;
    }
}
