package dev.strandline.cli.options;

import dev.strandline.cli.configuration.Access;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.WrongKeyException;
import dev.strandline.store.crypto.Secret;
import dev.strandline.store.repository.Repositories;
import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which repository, and what opens it. Options win over the environment. */
public final class RepositoryOptions implements Syntax.Shared {
    private static final long COMMAND_SECONDS = 60;

    private static final List<String> SECRET_VARIABLES = List.of(
            "STRANDLINE_KEY_FILE",
            "STRANDLINE_PASSWORD",
            "STRANDLINE_PASSWORD_FILE",
            "STRANDLINE_PASSWORD_COMMAND",
            "STRANDLINE_PASSWORD_FD");

    /** For root without a home, as services are started. */
    private static final Path SYSTEM_CACHE = Path.of("/var/cache/strandline");

    /** Nothing can be made there, and nobody else could have. */
    private static final Path NO_CACHE = Path.of("/dev/null/strandline");

    private @Nullable String repository;
    private @Nullable String keyFile;
    private @Nullable String passwordFile;
    private @Nullable String passwordCommand;

    @Override
    public void declare(Syntax syntax) {
        syntax.text(
                        "-r,--repo",
                        "DIR",
                        "The repository; else $STRANDLINE_REPOSITORY, or the file that $STRANDLINE_REPOSITORY_FILE names.",
                        value -> repository = value)
                .text("--key-file", "FILE", "Open with this key; else $STRANDLINE_KEY_FILE.", value -> keyFile = value)
                .text(
                        "--password-file",
                        "FILE",
                        "Open with the passphrase on the file's first line; else $STRANDLINE_PASSWORD_FILE.",
                        value -> passwordFile = value)
                .text(
                        "--password-command",
                        "COMMAND",
                        "Open with the passphrase that a shell command prints; else $STRANDLINE_PASSWORD_COMMAND.",
                        value -> passwordCommand = value);
    }

    /** Where the repository is or shall be. */
    public FilePath path(Context context) throws RepositoryException {
        var direct = Optional.ofNullable(repository).or(() -> context.variable("STRANDLINE_REPOSITORY"));
        if (direct.isPresent()) {
            return context.absolute(direct.get());
        }
        var file = context.variable("STRANDLINE_REPOSITORY_FILE");
        if (file.isPresent()) {
            return context.absolute(secretFiles(context).readPlace(context.absolute(file.get())));
        }
        return context.configuration()
                .get()
                .access()
                .repository()
                .map(context::absolute)
                .orElseThrow(() -> new UsageException("no repository was named: give -r DIR, set STRANDLINE_REPOSITORY,"
                        + " or write repository = \"DIR\" into the configuration"));
    }

    /** Whether what opens the repository comes from standard input. */
    public boolean readsStandardInput(Context context) {
        var file = Optional.ofNullable(passwordFile)
                .or(() -> context.variable("STRANDLINE_PASSWORD_FILE").filter(_ -> !hasSecretOption()));
        return StandardInput.isNamedBy(keyFile)
                || StandardInput.isNamedBy(file.orElse(null))
                || (!hasSecretOption()
                        && context.variable("STRANDLINE_PASSWORD_FD").equals(Optional.of("0")));
    }

    /** Opens the repository. */
    public Repositories.Opened open(Context context, Consumer<String> notes) throws RepositoryException {
        return repositories(context, notes).open(path(context), () -> secret(context));
    }

    /** The same as a run that nobody watches: without asking for a passphrase, and silently. */
    public Repositories.Opened openUnattended(Context context) throws RepositoryException {
        return repositories(context, _ -> {}).open(path(context), () -> given(context));
    }

    /** The front door, for this machine and user. */
    public Repositories repositories(Context context, Consumer<String> notes) {
        return new Repositories(
                context.host(),
                context.clock(),
                context.random(),
                notes,
                cacheDirectory(context),
                context.workerCount());
    }

    /** Where what can be derived again is kept on this host. */
    public static Path cacheDirectory(Context context) {
        return context.variable("STRANDLINE_CACHE_DIR")
                .map(Path::of)
                .or(() -> context.variable("XDG_CACHE_HOME").map(cache -> Path.of(cache, "strandline")))
                .or(() -> context.variable("HOME").map(home -> Path.of(home, ".cache", "strandline")))
                .orElse(context.host().effectiveUserId() == 0 ? SYSTEM_CACHE : NO_CACHE);
    }

    /** What the user gave to open the repository, asking for a passphrase on a terminal; empty for nothing. */
    public Optional<Secret> secret(Context context) throws RepositoryException {
        var given = given(context);
        if (given.isPresent()) {
            return given;
        }
        var console = terminal(context);
        if (console.isEmpty()) {
            return Optional.empty();
        }
        char[] typed = console.get().readPassword("Passphrase of the repository: ");
        return typed == null || typed.length == 0 ? Optional.empty() : Optional.of(passphrase(typed));
    }

    /**
     * What shall open a repository that is made now: a key file that does not exist yet is made.
     *
     * @param notes told when a key file was made
     */
    public Optional<Secret> newSecret(Context context, Consumer<String> notes) throws RepositoryException {
        var files = secretFiles(context);
        var path = keyPath(context);
        if (path.isPresent() && onlyOne(context) && !files.exists(path.get())) {
            var key = files.createKey(path.get(), context.random());
            notes.accept("made the key file " + path.get().display()
                    + "; keep a copy elsewhere: without it nobody can read the repository");
            return Optional.of(key);
        }
        var given = given(context);
        if (given.isPresent()) {
            return given;
        }
        var console = terminal(context);
        if (console.isEmpty()) {
            return Optional.empty();
        }
        char[] first = console.get().readPassword("Passphrase for the new repository: ");
        char[] second = console.get().readPassword("The same again: ");
        if (first == null || second == null || first.length == 0) {
            return Optional.empty();
        }
        if (!Arrays.equals(first, second)) {
            throw new WrongKeyException("the two passphrases differ", "Run again.");
        }
        return Optional.of(passphrase(first));
    }

    /** Somebody who can be asked. */
    private static Optional<Console> terminal(Context context) {
        return Optional.ofNullable(System.console())
                .filter(_ -> context.host().isTerminal(0) && context.isOutputTerminal());
    }

    private static Secret.Passphrase passphrase(char[] typed) {
        return new Secret.Passphrase(new String(typed).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<FilePath> keyPath(Context context) {
        return Optional.ofNullable(keyFile)
                .or(() -> context.variable("STRANDLINE_KEY_FILE").filter(_ -> !hasSecretOption()))
                .or(() -> configured(context, Access::keyFile))
                .map(context::absolute);
    }

    /** What the configuration says, where neither an option nor the environment says how to open the repository. */
    private Optional<String> configured(Context context, Function<Access, Optional<String>> setting) {
        return hasSecretOption() || hasSecretVariable(context)
                ? Optional.empty()
                : setting.apply(context.configuration().get().access());
    }

    private static boolean hasSecretVariable(Context context) {
        return SECRET_VARIABLES.stream().anyMatch(name -> context.variable(name).isPresent());
    }

    /** Whether an option says what opens the repository. */
    public boolean hasSecretOption() {
        return keyFile != null || passwordFile != null || passwordCommand != null;
    }

    /** Whether opening the repository again would ask nobody and wait for nothing: with a key file, or none at all. */
    public boolean opensAtOnce(Context context) {
        return keyPath(context).isPresent()
                || (!hasSecretOption()
                        && !hasSecretVariable(context)
                        && configured(context, Access::passwordFile).isEmpty()
                        && configured(context, Access::passwordCommand).isEmpty()
                        && terminal(context).isEmpty());
    }

    private boolean onlyOne(Context context) {
        int given = (keyFile == null ? 0 : 1) + (passwordFile == null ? 0 : 1) + (passwordCommand == null ? 0 : 1);
        if (given > 1) {
            throw new UsageException("--key-file, --password-file and --password-command exclude each other");
        }
        var set = SECRET_VARIABLES.stream()
                .filter(name -> context.variable(name).isPresent())
                .toList();
        if (given == 0 && set.size() > 1) {
            throw new UsageException("set only one of " + String.join(", ", set));
        }
        return true;
    }

    private Optional<Secret> given(Context context) throws RepositoryException {
        onlyOne(context);
        var files = secretFiles(context);
        var key = keyPath(context);
        if (key.isPresent()) {
            return Optional.of(files.readKey(key.get()));
        }
        boolean option = hasSecretOption();
        var file = Optional.ofNullable(passwordFile)
                .or(() -> context.variable("STRANDLINE_PASSWORD_FILE").filter(_ -> !option))
                .or(() -> configured(context, Access::passwordFile));
        if (file.isPresent()) {
            return Optional.of(new Secret.Passphrase(files.readPassphrase(context.absolute(file.get()))));
        }
        var command = Optional.ofNullable(passwordCommand)
                .or(() -> context.variable("STRANDLINE_PASSWORD_COMMAND").filter(_ -> !option))
                .or(() -> configured(context, Access::passwordCommand));
        if (command.isPresent()) {
            return Optional.of(new Secret.Passphrase(fromCommand(command.get())));
        }
        var descriptor = context.variable("STRANDLINE_PASSWORD_FD");
        if (descriptor.isPresent()) {
            return Optional.of(new Secret.Passphrase(fromDescriptor(context, descriptor.get())));
        }
        return context.variable("STRANDLINE_PASSWORD").map(text -> new Secret.Passphrase(ByteText.encode(text)));
    }

    private static SecretFiles secretFiles(Context context) {
        return new SecretFiles(context.host(), context.files());
    }

    private static byte[] fromDescriptor(Context context, String text) throws RepositoryException {
        if (!text.matches("\\d{1,9}")) {
            throw new UsageException("STRANDLINE_PASSWORD_FD must be the number of an open file, not '" + text + "'");
        }
        try {
            byte[] content = context.files()
                    .read(FilePath.of("/dev/fd/" + text), SecretFiles.MAX_BYTES)
                    .bytes();
            return SecretFiles.passphrase(content, "descriptor " + text);
        } catch (IOException e) {
            throw new WrongKeyException(
                    "the passphrase can't be read from descriptor " + text + ": " + e.getMessage(),
                    "STRANDLINE_PASSWORD_FD names a descriptor that is open for reading.");
        }
    }

    private static byte[] fromCommand(String command) throws RepositoryException {
        try {
            var process = new ProcessBuilder("/bin/sh", "-c", command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            byte[] printed = process.getInputStream().readNBytes(SecretFiles.MAX_BYTES + 1);
            if (printed.length > SecretFiles.MAX_BYTES) {
                process.destroyForcibly();
                throw new WrongKeyException(
                        "the password command prints too much", "It must print the passphrase only.");
            }
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new WrongKeyException("the password command did not end within a minute", "Run it by hand.");
            }
            if (process.exitValue() != 0) {
                throw new WrongKeyException(
                        "the password command failed with exit code " + process.exitValue(), "Run it by hand.");
            }
            return SecretFiles.passphrase(printed, "the password command");
        } catch (IOException e) {
            throw new WrongKeyException("the password command can't be run: " + e.getMessage(), "Run it by hand.");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new WrongKeyException("interrupted while the password command ran", "");
        }
    }
}
