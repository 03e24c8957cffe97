package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.crypto.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Creates a repository. */
public final class InitCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();

    private @Nullable String encryption;

    public InitCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(
                        this,
                        "init",
                        "Create a repository in a new or empty directory.",
                        "",
                        "It is encrypted with a key file (made when --key-file names a file that does not exist) or a passphrase;"
                                + " without encryption only when --encryption none says so.")
                .exitCodes("0:created", "1:refused or failed", "2:wrong usage", "12:the key can't be used")
                .with(repository)
                .with(outputOptions)
                .text("--encryption", "none|aes-256-gcm", "Default: aes-256-gcm.", value -> encryption = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        var path = repository.path(context);
        boolean encrypted = switch (encryption == null ? "aes-256-gcm" : encryption) {
            case "aes-256-gcm" -> true;
            case "none" -> false;
            case String other -> throw new UsageException("unknown --encryption '" + other + "': aes-256-gcm or none");
        };
        var front = repository.repositories(context, output::note);
        front.requireUnused(path);
        Optional<Secret> secret = encrypted ? repository.newSecret(context, output::note) : Optional.empty();
        if (encrypted && secret.isEmpty()) {
            throw new UsageException(
                    "how shall the repository be encrypted? Give --key-file FILE (made when it does not"
                            + " exist) or --password-file FILE, or say --encryption none");
        }
        if (!encrypted && repository.hasSecretOption()) {
            throw new UsageException("--encryption none takes no key or passphrase");
        }
        var cost = secret.isPresent() && secret.get() instanceof Secret.Passphrase
                ? Secret.Cost.RECOMMENDED
                : Secret.Cost.NONE;
        var id = front.create(path, secret, cost);
        if (output.isJson()) {
            var json = Json.message("initialized").put("id", id.hex());
            Json.putPath(json, "repository", path.toBytes());
            Json.print(output.answer(), json);
        } else {
            output.remark("created repository " + id.hex().substring(0, 8) + " at " + path.display()
                    + (encrypted ? "" : ", not encrypted"));
        }
        return ExitCode.DONE;
    }
}
