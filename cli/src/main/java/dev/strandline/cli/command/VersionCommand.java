package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.output.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the version. */
@Command(
        name = "version",
        description = "Print the version.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "2:wrong usage"})
public final class VersionCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--json", description = "Answer in JSON, for machines.")
    private boolean json;

    public VersionCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (json) {
            Json.print(
                    context.stdout(),
                    Json.message("version")
                            .put("version", context.version())
                            .put("java_version", System.getProperty("java.version", "")));
        } else {
            context.stdout().println("strandline " + context.version());
        }
        return ExitCode.DONE;
    }
}
