package dev.strandline.cli.testkit;

import dev.strandline.cli.Main;
import dev.strandline.cli.configuration.Configuration;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.Interruption;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.NamedFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.random.RandomGenerator;

/** Runs commands inside this process, on a file system and with chance of the test's choice. */
public final class InProcess {
    private final Workplace place;
    private final HostFileSystem host;
    private final RandomGenerator random;

    public InProcess(Workplace place, HostFileSystem host, RandomGenerator random) {
        this.place = place;
        this.host = host;
        this.random = random;
    }

    /** Runs a command on the place's repository. */
    public Run run(String... arguments) {
        var stdout = new ByteArrayOutputStream();
        var stderr = new ByteArrayOutputStream();
        var context = new Context(
                Map.of(
                        "HOME", place.path("home").toString(),
                        "STRANDLINE_REPOSITORY", place.repository().toString(),
                        "STRANDLINE_KEY_FILE", place.path("key").toString()),
                host,
                new NamedFiles(host, () -> {}),
                Clock.systemUTC(),
                () -> TimeZone.getTimeZone(ZoneOffset.UTC),
                () -> random,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(stdout, false, StandardCharsets.UTF_8),
                new PrintStream(stderr, true, StandardCharsets.UTF_8),
                new Interruption(),
                () -> Configuration.NONE,
                Optional.empty(),
                "test");
        int code = Main.run(arguments, context);
        return new Run(String.join(" ", arguments), code, stdout.toByteArray(), stderr.toByteArray());
    }
}
