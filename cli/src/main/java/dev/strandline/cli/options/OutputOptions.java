package dev.strandline.cli.options;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.output.Output;
import picocli.CommandLine.Option;

/** How much to say, and to whom. */
public final class OutputOptions {
    @Option(names = "--json", description = "Answer in JSON, for machines.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more; twice for every file.")
    private boolean[] verbose = {};

    public boolean isJson() {
        return json;
    }

    public int verbosity() {
        return verbose.length;
    }

    public Output output(Context context) {
        if (quiet && verbose.length > 0) {
            throw new UsageException("--quiet and --verbose exclude each other");
        }
        return new Output(context, json, quiet, verbose.length);
    }
}
