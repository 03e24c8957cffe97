package dev.strandline.cli.environment;

import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Everything outside the program that a command may use, passed in so that tests can put something else there.
 *
 * @param random fit for keys
 * @param stdout of the command's answer
 * @param version of the program
 */
public record Context(
        Map<String, String> environment,
        HostFileSystem host,
        Clock clock,
        ZoneId zone,
        RandomGenerator random,
        InputStream stdin,
        PrintStream stdout,
        PrintStream stderr,
        Interruption interruption,
        String version) {

    /** An environment variable; one that is set but empty counts as not set. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** The same with one environment variable set. */
    public Context with(String name, String value) {
        var changed = new HashMap<>(environment);
        changed.put(name, value);
        return new Context(
                Map.copyOf(changed), host, clock, zone, random, stdin, stdout, stderr, interruption, version);
    }

    /** A path from the command line, made absolute by name. */
    public FilePath absolute(String text) throws UsageException {
        try {
            return FilePath.of(text).toAbsolute(host.workingDirectory());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UsageException("the working directory can't be found: " + e.getMessage());
        }
    }

    public boolean isOutputTerminal() {
        return host.isTerminal(1);
    }

    public boolean isErrorTerminal() {
        return host.isTerminal(2);
    }

    /** How many threads work at once. */
    public int workerCount() {
        return Runtime.getRuntime().availableProcessors();
    }
}
