package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.Syntax;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/** Prints a completion script. */
public final class CompletionCommand implements Command {
    private final Context context;

    private CommandSpec spec = CommandSpec.create();

    private String shell = "";

    public CompletionCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        spec = new Syntax(
                        this,
                        "completion",
                        "Print a completion script for bash or zsh.",
                        "",
                        "For example in ~/.bashrc: source <(strandline completion bash)")
                .exitCodes("0:printed", "2:wrong usage")
                .argument("bash|zsh", "The shell.", value -> shell = value)
                .spec();
        return spec;
    }

    @Override
    public Integer call() {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw new UsageException("no completion for '" + shell + "': bash or zsh");
        }
        context.stdout().println(AutoComplete.bash("strandline", spec.root().commandLine()));
        return ExitCode.DONE;
    }
}
