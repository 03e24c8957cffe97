package dev.strandline.cli.environment;

import dev.strandline.cli.configuration.Configuration;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.NamedFiles;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Everything outside the program that a command may use, passed in so that tests can put something else there.
 *
 * @param files that the user names
 * @param timeZone of the user; reads the table of all zones when it is asked first
 * @param randomSource of what is fit for keys; costs time when it is asked first
 * @param stdout of the command's answer
 * @param configuration of this host; read when it is asked first
 * @param restart where this run has only the quick compiler
 * @param version of the program
 */
public record Context(
        Map<String, String> environment,
        HostFileSystem host,
        NamedFiles files,
        Clock clock,
        Supplier<TimeZone> timeZone,
        Supplier<RandomGenerator> randomSource,
        InputStream stdin,
        PrintStream stdout,
        PrintStream stderr,
        Interruption interruption,
        Supplier<Configuration> configuration,
        Optional<Restart> restart,
        String version) {
    private static final int MILLIS_PER_SECOND = 1000;

    /** From 1970 to 2099, {@link TimeZone} and {@link ZoneId} tell the same offsets in every zone. */
    private static final Instant EARLIEST_PLAIN = Instant.EPOCH;

    private static final Instant LATEST_PLAIN = Instant.ofEpochSecond(4_102_444_799L);

    /** An environment variable; one that is set but empty counts as not set. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** The same with one environment variable set, and whatever configuration counts then. */
    public Context with(String name, String value) {
        var changed = new HashMap<>(environment);
        changed.put(name, value);
        var variables = Map.copyOf(changed);
        return with(variables, clock, new HostConfiguration(host, files, variables));
    }

    /** The same with another clock. */
    public Context with(Clock other) {
        return with(environment, other, configuration);
    }

    private Context with(Map<String, String> variables, Clock otherClock, Supplier<Configuration> otherConfiguration) {
        return new Context(
                variables,
                host,
                files,
                otherClock,
                timeZone,
                randomSource,
                stdin,
                stdout,
                stderr,
                interruption,
                otherConfiguration,
                restart,
                version);
    }

    /** Fit for keys. */
    public RandomGenerator random() {
        return randomSource.get();
    }

    /** The user's zone; its first use in a process looks into every jar for further providers of zones. */
    public ZoneId zone() {
        return timeZone.get().toZoneId();
    }

    /** The offset in the user's zone, for most times without {@link #zone}. */
    public ZoneOffset offset(Instant time) {
        return time.isBefore(EARLIEST_PLAIN) || time.isAfter(LATEST_PLAIN)
                ? zone().getRules().getOffset(time)
                : ZoneOffset.ofTotalSeconds(timeZone.get().getOffset(time.toEpochMilli()) / MILLIS_PER_SECOND);
    }

    /** A path that the user wrote, made absolute; it leads where the kernel would go, see {@link HostFileSystem#absolute}. */
    public FilePath absolute(String text) throws UsageException {
        try {
            return absolute(FilePath.of(text));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** The same, of a path that is read already. */
    public FilePath absolute(FilePath path) throws UsageException {
        if (path.hasNameLongerThan(FileName.MAX_LENGTH)) {
            throw new UsageException("'" + path.display() + "' holds a name that is longer than " + FileName.MAX_LENGTH
                    + " bytes, which no file has");
        }
        try {
            return host.absolute(path);
        } catch (IOException e) {
            throw new UsageException("where '" + path.display() + "' leads can't be found out: " + e.getMessage());
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
