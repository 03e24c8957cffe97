package dev.strandline.cli.output;

import dev.strandline.cli.environment.Context;
import java.io.PrintStream;

/**
 * Where a command's words go: its answer to stdout, what went wrong to stderr, and what is nice to know only to a person
 * who is watching, so that mail from cron means trouble. Safe for use by several threads.
 */
public final class Output {
    /** Single lines of one kind before only their number is told. */
    private static final int MAX_WARNINGS = 100;

    private final Context context;
    private final boolean json;
    private final boolean quiet;
    private final int verbosity;
    private int warnings; // guarded by this

    public Output(Context context, boolean json, boolean quiet, int verbosity) {
        this.context = context;
        this.json = json;
        this.quiet = quiet;
        this.verbosity = verbosity;
    }

    public boolean isJson() {
        return json;
    }

    /** Whether somebody wants to see progress: a person at a terminal, and no JSON there. */
    public boolean showsProgress() {
        return !json && !quiet && context.isErrorTerminal();
    }

    /** The answer that was asked for. */
    public PrintStream answer() {
        return context.stdout();
    }

    /** Told to a terminal or with {@code -v}. */
    public void remark(String line) {
        if (!json && !quiet && (verbosity > 0 || context.isOutputTerminal())) {
            context.stdout().println(line);
        }
    }

    /** Worth knowing and no error: as {@link #remark}, but beside the answer. */
    public void note(String line) {
        if (!json && !quiet && (verbosity > 0 || context.isErrorTerminal())) {
            context.stderr().println("strandline: " + line);
        }
    }

    /** Something could not be read or written. */
    public synchronized void warning(String line) {
        warnings++;
        if (warnings <= MAX_WARNINGS) {
            context.stderr().println("strandline: " + line);
        }
    }

    /** Tells how many warnings were swallowed. */
    public synchronized void endWarnings() {
        if (warnings > MAX_WARNINGS) {
            context.stderr().println("strandline: and " + Quantities.count(warnings - MAX_WARNINGS) + " more");
        }
        warnings = 0;
    }
}
