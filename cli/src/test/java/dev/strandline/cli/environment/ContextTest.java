package dev.strandline.cli.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.configuration.Configuration;
import dev.strandline.core.fs.NamedFiles;
import dev.strandline.core.fs.posix.PosixFileSystem;
import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContextTest {
    private static final Duration STEP = Duration.ofHours(1_001);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "Africa/Casablanca",
                "Asia/Kolkata",
                "America/St_Johns",
                "Australia/Lord_Howe",
                "Pacific/Apia"
            })
    void offset_isThatOfTheZonesRules(String zone) {
        var context = in(zone);
        var rules = ZoneId.of(zone).getRules();
        var end = Instant.parse("2150-01-01T00:00:00Z");
        for (var time = Instant.parse("1850-01-01T00:00:00Z"); time.isBefore(end); time = time.plus(STEP)) {
            assertThat(context.offset(time)).as("at %s", time).isEqualTo(rules.getOffset(time));
        }
    }

    private static Context in(String zone) {
        return new Context(
                Map.of(),
                PosixFileSystem.open(),
                new NamedFiles(PosixFileSystem.open(), () -> {}),
                Clock.systemUTC(),
                () -> TimeZone.getTimeZone(zone),
                SecureRandom::new,
                new ByteArrayInputStream(new byte[0]),
                System.out,
                System.err,
                new Interruption(),
                () -> Configuration.NONE,
                Optional.empty(),
                "test");
    }
}
