package dev.strandline.cli.options;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.output.Output;

/** How much to say, and to whom. */
public final class OutputOptions implements Syntax.Shared {
    private boolean json;
    private boolean quiet;
    private int verbosity;

    @Override
    public void declare(Syntax syntax) {
        syntax.flag("--json", "Answer in JSON, for machines.", value -> json = value)
                .flag("-q,--quiet", "Say nothing but errors.", value -> quiet = value)
                .countedFlag("-v,--verbose", "Say more; twice for every file.", count -> verbosity = count);
    }

    public boolean isJson() {
        return json;
    }

    public int verbosity() {
        return verbosity;
    }

    public Output output(Context context) {
        if (quiet && verbosity > 0) {
            throw new UsageException("--quiet and --verbose exclude each other");
        }
        return new Output(context, json, quiet, verbosity);
    }
}
