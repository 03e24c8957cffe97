package dev.strandline.cli.environment;

import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.posix.ProcessImage;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Running the same command line again from its start, in the same process, with the optimising compiler. The launcher gives
 * commands that are usually done in a moment the quick compiler alone; a command that finds out that there is more to do
 * starts over, see {@code docs/decisions/0011-compilers.md}.
 */
public final class Restart {
    /** As much as the quick compiler's code does in the time that another start and the faster code take together. */
    public static final long MAX_QUICK_BYTES = 48 << 20;

    /** The same for whoever learns only on the way how much there is, and would do that part twice. */
    public static final long MAX_QUICK_BYTES_ON_THE_WAY = 16 << 20;

    /** Where the launcher tells that it can start the program so, and where it is told to. */
    public static final String COMPILER = "STRANDLINE_COMPILER";

    private final String launcher;
    private final String[] arguments;

    private Restart(String launcher, String[] arguments) {
        this.launcher = launcher;
        this.arguments = arguments;
    }

    /** What the launcher of this process made possible. */
    public static Optional<Restart> of(String[] arguments) {
        return System.getProperty("strandline.compiler", "").equals("quick")
                ? Optional.of(new Restart(System.getProperty("strandline.home") + "/bin/strandline", arguments.clone()))
                : Optional.empty();
    }

    /**
     * Ends this run and begins the other: whatever must not be lost has been closed. Returns only when the kernel refuses;
     * then this run is as good as any.
     */
    public void run() {
        var line = new ArrayList<byte[]>();
        line.add(ByteText.encode(launcher));
        for (var argument : arguments) {
            line.add(ByteText.encode(argument));
        }
        var variables = new ArrayList<byte[]>();
        RawArguments.environment().forEach((name, value) -> variables.add(ByteText.encode(name + "=" + value)));
        variables.add(ByteText.encode(COMPILER + "=optimising"));
        try {
            ProcessImage.replace(FilePath.of(launcher), line, variables);
        } catch (FileOperationException _) {
            // Slower, and otherwise the same.
        }
    }
}
