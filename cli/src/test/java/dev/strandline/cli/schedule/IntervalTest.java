package dev.strandline.cli.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.configuration.Schedule;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IntervalTest {
    @ParameterizedTest
    @CsvSource({
        "1m, * * * * *, *-*-* *:*:00",
        "15m, */15 * * * *, *-*-* *:00/15:00",
        "30m, */30 * * * *, *-*-* *:00/30:00",
        "1h, 0 * * * *, *-*-* *:00:00",
        "6h, 0 */6 * * *, *-*-* 00/6:00:00",
        "24h, 0 0 * * *, *-*-* 00:00:00"
    })
    void words_areThoseOfTheSchedulers(String text, String cron, String calendar) {
        var every = Interval.parse(text).orElseThrow();
        assertThat(Interval.text(every)).isEqualTo(text);
        assertThat(Interval.cron(every)).isEqualTo(cron);
        assertThat(Interval.calendar(every)).isEqualTo(calendar);
    }

    @Test
    void text_ofEachPossibleInterval_isReadAgain() {
        var possible = LongStream.rangeClosed(1, 24 * 60)
                .mapToObj(Duration::ofMinutes)
                .filter(Schedule::canBe)
                .toList();
        assertThat(possible).hasSize(11 + 8);
        for (var every : possible) {
            assertThat(Interval.parse(Interval.text(every))).contains(every);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7m", "90m", "30s", "0m", "5h", "48h", "often"})
    void parse_whatCanNotBeScheduled_isNothing(String text) {
        assertThat(Interval.parse(text)).isEmpty();
    }
}
