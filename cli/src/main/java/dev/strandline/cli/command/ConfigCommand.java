package dev.strandline.cli.command;

import dev.strandline.cli.configuration.Configuration;
import dev.strandline.cli.configuration.ConfigurationException;
import dev.strandline.cli.configuration.ConfigurationFile;
import dev.strandline.cli.configuration.ConfigurationProblem;
import dev.strandline.cli.configuration.ConfiguredSource;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.HostConfiguration;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.Output;
import dev.strandline.core.path.FilePath;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Says what is wrong with the configuration, or that nothing is. */
public final class ConfigCommand implements Command {
    private final Context context;
    private final OutputOptions outputOptions = new OutputOptions();
    private List<String> arguments = new ArrayList<>();

    public ConfigCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(this, "config", "Check the configuration: 'config check [FILE]'.")
                .exitCodes("0:all right", "1:something is wrong, told with file and line", "2:wrong usage, or no file")
                .with(outputOptions)
                .arguments("check [FILE]", "The file; else the one that counts.", values -> arguments = values)
                .spec();
    }

    @Override
    public Integer call() {
        if (arguments.isEmpty() || !arguments.getFirst().equals("check") || arguments.size() > 2) {
            throw new UsageException("config takes 'check' and at most one file");
        }
        var output = outputOptions.output(context);
        try {
            var file = file();
            var configuration = new ConfigurationFile(context.host(), context.files()).read(file);
            var links = configuration.sources().stream()
                    .filter(source -> source.isBareLink(context.host()))
                    .toList();
            tell(output, file, configuration.doubts());
            links.forEach(source -> tellLink(output, file, source));
            if (!configuration.doubts().isEmpty() || !links.isEmpty()) {
                return ExitCode.FAILED;
            }
            tell(output, file, configuration);
            return ExitCode.DONE;
        } catch (ConfigurationException e) {
            tell(output, e.file(), e.problems());
            return ExitCode.FAILED;
        }
    }

    private static void tell(Output output, FilePath file, List<ConfigurationProblem> problems) {
        problems.forEach(problem -> {
            if (output.isJson()) {
                Json.print(
                        output.answer(),
                        Json.message("problem")
                                .put("file", file.display())
                                .put("line", problem.line())
                                .put("reason", problem.reason())
                                .put("hint", problem.hint()));
            } else {
                output.answer().println(problem.reasonIn(file) + "\n  " + problem.hint());
            }
        });
    }

    private static void tellLink(Output output, FilePath file, ConfiguredSource source) {
        if (output.isJson()) {
            Json.print(
                    output.answer(),
                    Json.message("problem")
                            .put("file", file.display())
                            .put("reason", source.bareLinkReason())
                            .put("hint", source.bareLinkHint()));
        } else {
            output.answer().println(file.display() + ": " + source.bareLinkReason() + "\n  " + source.bareLinkHint());
        }
    }

    private FilePath file() {
        if (arguments.size() > 1) {
            return context.absolute(arguments.get(1));
        }
        return new HostConfiguration(context.host(), context.files(), context.environment())
                .file()
                .orElseThrow(() -> new UsageException("there is no configuration: neither STRANDLINE_CONFIG names one,"
                        + " nor is it in /etc/strandline/strandline.toml or the user's configuration folder"));
    }

    private static void tell(Output output, FilePath file, Configuration configuration) {
        if (output.isJson()) {
            Json.print(
                    output.answer(),
                    Json.message("summary")
                            .put("file", file.display())
                            .put("sources", configuration.sources().size()));
        } else {
            output.remark(file.display() + ": all right, with "
                    + configuration.sources().size() + " sources");
        }
    }
}
