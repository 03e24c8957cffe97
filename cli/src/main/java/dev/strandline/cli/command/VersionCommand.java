package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import picocli.CommandLine.Model.CommandSpec;

/** Prints the version. */
public final class VersionCommand implements Command {
    private final Context context;

    private boolean json;

    public VersionCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(this, "version", "Print the version.")
                .exitCodes("0:printed", "2:wrong usage")
                .flag("--json", "Answer in JSON, for machines.", value -> json = value)
                .spec();
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
