package dev.strandline.cli.command;

import dev.strandline.cli.configuration.ConfigurationException;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.RawArguments;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.Syntax;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.posix.ProcessImage;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;

/** Takes a snapshot and then becomes another program. */
public final class RunCommand implements Command {
    /** As shells have it. */
    private static final int NOT_FOUND = 127;

    private static final int NOT_EXECUTABLE = 126;

    /** The launcher keeps the caller's variables under such names before it sets them for itself. */
    private static final String KEPT = "STRANDLINE_CALLER_";

    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    private final Context context;
    private final SnapshotCommand snapshot;
    private List<String> command = new ArrayList<>();
    private String onFailure = "abort";

    public RunCommand(Context context) {
        this.context = context;
        this.snapshot = new SnapshotCommand(context, Trigger.RUN);
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(this, "run", "Take a snapshot, then run a program: 'run [OPTIONS] -- CMD...'.")
                .exitCodes(
                        "any:that of the program, or without a snapshot:",
                        "1:failed",
                        "2:wrong usage",
                        "10:no repository",
                        "11:another snapshot is running",
                        "12:wrong key",
                        "13:damage found",
                        "130:interrupted; 143 by SIGTERM, 129 by SIGHUP",
                        "126:the program can't be run",
                        "127:there is no such program")
                .with(snapshot)
                .text(
                        "--on-failure",
                        "ACTION",
                        "Without a snapshot: abort (default), or continue with the program.",
                        value -> onFailure = value)
                .arguments("CMD", "The program and its arguments, after --.", values -> command = values)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        if (command.isEmpty()) {
            throw new UsageException("run takes a program: strandline run -- CMD");
        }
        if (!onFailure.equals("abort") && !onFailure.equals("continue")) {
            throw new UsageException("--on-failure is abort or continue, not '" + onFailure + "'");
        }
        try {
            int _ = snapshot.call();
        } catch (RepositoryException | UsageException | ConfigurationException e) {
            if (onFailure.equals("abort")) {
                throw e;
            }
            context.stderr().println("strandline: no snapshot was taken: " + e.getMessage());
        }
        context.stdout().flush();
        return become();
    }

    /** Returns only when the program can't be run. */
    private int become() {
        var name = command.getFirst();
        var variables = callersEnvironment();
        int code = NOT_FOUND;
        for (var candidate : candidates(name, variables.getOrDefault("PATH", USUAL_PATH))) {
            try {
                ProcessImage.replace(
                        candidate,
                        command.stream().map(ByteText::encode).toList(),
                        variables.entrySet().stream()
                                .map(variable -> ByteText.encode(variable.getKey() + "=" + variable.getValue()))
                                .toList());
            } catch (FileOperationException e) {
                if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
                    context.stderr().println("strandline: can't run " + e.getMessage());
                    code = NOT_EXECUTABLE;
                }
            }
        }
        if (code == NOT_FOUND) {
            context.stderr().println("strandline: can't run " + ByteText.display(name) + ": not found");
        }
        return code;
    }

    private List<FilePath> candidates(String name, String path) {
        if (name.contains("/")) {
            return List.of(context.absolute(name));
        }
        var candidates = new ArrayList<FilePath>();
        for (var folder : path.split(":", -1)) {
            candidates.add(context.absolute((folder.isEmpty() ? "." : folder) + "/" + name));
        }
        return candidates;
    }

    private Map<String, String> callersEnvironment() {
        var variables = new TreeMap<>(context.environment());
        RawArguments.OF_LAUNCHER.forEach(variables::remove);
        context.environment().forEach((name, value) -> {
            if (name.startsWith(KEPT)) {
                variables.remove(name);
                variables.put(name.substring(KEPT.length()), value);
            }
        });
        return variables;
    }
}
