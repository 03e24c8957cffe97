package dev.strandline.cli;

import dev.strandline.cli.configuration.ConfigurationException;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.output.Json;
import dev.strandline.core.capture.CaptureCancelledException;
import dev.strandline.core.check.CheckCancelledException;
import dev.strandline.core.repository.CollectionCancelledException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.restore.RestoreCancelledException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever ended a command into a message that says what to do, and an exit code. */
final class Failures {
    private final Context context;
    private final boolean json;

    Failures(Context context, boolean json) {
        this.context = context;
        this.json = json;
    }

    /** The command line can't be parsed. */
    @SuppressWarnings("unused") // picocli's shape
    int onUsage(ParameterException e, String[] arguments) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        var suggestions = new StringBuilder();
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            unmatched
                    .getSuggestions()
                    .forEach(s -> suggestions
                            .append(suggestions.isEmpty() ? " Did you mean " : " or ")
                            .append(s));
            if (!suggestions.isEmpty()) {
                suggestions.append('?');
            }
        }
        String message = reasonOf(e).map(Throwable::getMessage).orElseGet(() -> e.getMessage() + "." + suggestions);
        tell(ExitCode.USAGE, message, "See '" + command + " --help'.");
        return ExitCode.USAGE;
    }

    /** What we ourselves have against a value, which picocli wraps up. */
    private static Optional<UsageException> reasonOf(Throwable e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UsageException reason) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }

    /** The command ended with an exception. */
    @SuppressWarnings("unused") // picocli's shape
    int onFailure(Exception e, CommandLine line, ParseResult parsed) {
        int code = ExitCode.of(e);
        switch (e) {
            case ConfigurationException wrong ->
                wrong.problems().forEach(problem -> tell(code, problem.reasonIn(wrong.file()), problem.hint()));
            case RepositoryException failure -> tell(code, String.valueOf(e.getMessage()), failure.guidance());
            case UsageException _ ->
                tell(
                        code,
                        String.valueOf(e.getMessage()),
                        "See '" + line.getCommandSpec().qualifiedName() + " --help'.");
            case CaptureCancelledException _ ->
                tell(code, "interrupted; no snapshot was saved", "What was stored already is used by the next run.");
            case RestoreCancelledException cancelled
            when cancelled.isInPlace() ->
                tell(
                        code,
                        "interrupted; a part is restored",
                        "Run again to go on, or 'strandline undo-restore' to go back.");
            case RestoreCancelledException _ ->
                tell(code, "interrupted; the target holds a part of the snapshot", "Run again to go on.");
            case CheckCancelledException _ -> tell(code, "interrupted before the check was complete", "");
            case CollectionCancelledException _ ->
                tell(code, "interrupted; nothing that is needed was deleted", "Run gc again to go on.");
            default -> {
                tell(code, "internal error, please report it: " + e, "Nothing was committed.");
                e.printStackTrace(context.stderr());
            }
        }
        return code;
    }

    private void tell(int code, String message, String guidance) {
        if (json) {
            Json.print(
                    context.stderr(),
                    Json.message("exit_error")
                            .put("code", code)
                            .put("message", message)
                            .put("guidance", guidance));
            return;
        }
        context.stderr().println("strandline: " + message);
        if (!guidance.isEmpty()) {
            context.stderr().println("  " + guidance);
        }
    }
}
