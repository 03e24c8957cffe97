package dev.strandline.cli.output;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.core.repository.DamageException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    private boolean hasPassedOver; // guarded by this
    private @Nullable List<String> held; // guarded by this

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
            say("strandline: " + line);
        }
    }

    /** Something could not be read or written. */
    public synchronized void warning(String line) {
        warnings++;
        if (warnings <= MAX_WARNINGS) {
            say("strandline: " + line);
        }
    }

    /** A snapshot that can't be read was left out, which {@link #code} remembers. */
    public synchronized void passedOver(DamageException damage) {
        hasPassedOver = true;
        warning("damaged, passed over: " + damage.getMessage());
    }

    /** What a command exits with that would exit with {@code code} if everything could be read. */
    public synchronized int code(int code) {
        return hasPassedOver && code == ExitCode.DONE ? ExitCode.DAMAGE : code;
    }

    /** Tells how many warnings were swallowed. */
    public synchronized void endWarnings() {
        if (warnings > MAX_WARNINGS) {
            say("strandline: and " + Quantities.count(warnings - MAX_WARNINGS) + " more");
        }
        warnings = 0;
    }

    /** Holds back what would go to stderr, because the same may have to be said again. */
    public synchronized void hold() {
        held = new ArrayList<>();
    }

    /** Says what was held back, and all that follows at once. */
    public synchronized void release() {
        if (held != null) {
            for (var line : held) {
                context.stderr().println(line);
            }
            held = null;
        }
    }

    /** Forgets what was held back, since all is done again. */
    public synchronized void forget() {
        held = null;
        warnings = 0;
        hasPassedOver = false;
    }

    /** A line on stderr. */
    public synchronized void say(String line) {
        if (held == null) {
            context.stderr().println(line);
        } else {
            held.add(line);
        }
    }
}
