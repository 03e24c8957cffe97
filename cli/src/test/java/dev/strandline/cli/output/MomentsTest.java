package dev.strandline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.FileTime;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MomentsTest {
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "+18:00", "-18:00", "Europe/Berlin", "America/New_York"})
    void rfc3339_anyTime_hasFourDigitsOfAYearAndAnOffsetOfMinutes(String zone) {
        for (var time : new Instant[] {
            Instant.MIN,
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.EPOCH,
            Instant.parse("9999-12-31T23:59:59Z"),
            Instant.MAX
        }) {
            assertThat(Moments.rfc3339(time, ZoneId.of(zone)))
                    .matches("(?!0000)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)")
                    .satisfies(text -> assertThat(OffsetDateTime.parse(text)).isNotNull());
            assertThat(Moments.text(time, ZoneId.of(zone))).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        }
    }

    @Test
    void putFileTime_farAway_hasTheNearestAsTextAndTheExactNumbers() {
        var json = Json.object();
        Json.putFileTime(json, "mtime", new FileTime(Long.MAX_VALUE, 7), ZoneOffset.UTC);
        assertThat(json.toString())
                .isEqualTo("{\"mtime\":\"9999-12-31T23:59:59Z\",\"mtime_s\":9223372036854775807,\"mtime_ns\":7}");
    }
}
