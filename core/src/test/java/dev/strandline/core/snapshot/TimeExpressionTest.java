package dev.strandline.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeExpressionTest {
    private static final Instant NOW = Instant.parse("2026-08-15T12:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "now, 2026-08-15T12:00:00Z",
        "NOW, 2026-08-15T12:00:00Z",
        "today, 2026-08-14T22:00:00Z",
        "yesterday, 2026-08-14T12:00:00Z",
        "2h, 2026-08-15T10:00:00Z",
        "2H, 2026-08-15T10:00:00Z",
        "90s, 2026-08-15T11:58:30Z",
        "5m, 2026-08-15T11:55:00Z",
        "5 min ago, 2026-08-15T11:55:00Z",
        "1d12h, 2026-08-14T00:00:00Z",
        "1 day 12 hours ago, 2026-08-14T00:00:00Z",
        "3 days ago, 2026-08-12T12:00:00Z",
        "2w, 2026-08-01T12:00:00Z",
        "2026-08-01, 2026-07-31T22:00:00Z",
        "2026-08-01T10:15, 2026-08-01T08:15:00Z",
        "2026-08-01 10:15, 2026-08-01T08:15:00Z",
        "2026-08-01T10:15:30, 2026-08-01T08:15:30Z",
        "2026-08-01T10:15:30+05:00, 2026-08-01T05:15:30Z",
        "2026-08-01T10:15:30Z, 2026-08-01T10:15:30Z",
        "2026-08-01T10:15-03:30, 2026-08-01T13:45:00Z",
        "20260801-101500, 2026-08-01T10:15:00Z",
        "'  2h  ', 2026-08-15T10:00:00Z"
    })
    void parse_eachForm_isThatMoment(String text, Instant expected) {
        assertThat(TimeExpression.parse(text, NOW, BERLIN)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // The hour that is skipped in spring is taken as the one after it, as java.time and GNU date do.
        "2026-03-29T02:30, 2026-03-29T01:30:00Z",
        "2026-03-29T01:59, 2026-03-29T00:59:00Z",
        "2026-03-29T03:00, 2026-03-29T01:00:00Z",
        // The hour that comes twice in autumn is its first.
        "2026-10-25T02:30, 2026-10-25T00:30:00Z",
        "2026-10-25T03:00, 2026-10-25T02:00:00Z",
        "2026-10-25T02:30+01:00, 2026-10-25T01:30:00Z"
    })
    void parse_whereClocksChange_isWellDefined(String text, Instant expected) {
        assertThat(TimeExpression.parse(text, NOW, BERLIN)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // Yesterday is the same time of day, though that is 23 or 25 hours ago; 24h are 24 hours.
        "2026-03-29T12:00:00Z, yesterday, 2026-03-28T13:00:00Z",
        "2026-10-25T12:00:00Z, yesterday, 2026-10-24T11:00:00Z",
        "2026-10-25T12:00:00Z, 24h, 2026-10-24T12:00:00Z",
        "2026-10-25T12:00:00Z, today, 2026-10-24T22:00:00Z",
        "2026-10-25T23:30:00Z, today, 2026-10-25T23:00:00Z"
    })
    void parse_aroundADayOfAnotherLength_followsTheClockOnTheWall(Instant now, String text, Instant expected) {
        assertThat(TimeExpression.parse(text, now, BERLIN)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ago",
                "2",
                "h",
                "-2h",
                "2h30",
                "1 month",
                "2hx",
                "tomorrow",
                "2026-13-01",
                "2026-02-30",
                "2026-08-01T25:00",
                "2026-08-01T10",
                "20260801",
                "20260230-000000",
                "99999999999999999999s",
                "2026-08-01T10:15+99:00",
                "latest"
            })
    void parse_anythingElse_isNoMoment(String text) {
        assertThat(TimeExpression.parse(text, NOW, BERLIN)).isEmpty();
    }

    @Provide
    Arbitrary<String> almostTimes() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30),
                Arbitraries.of(
                                "2",
                                "9",
                                "99",
                                "h",
                                "d",
                                "w",
                                "m",
                                "s",
                                "min",
                                " ",
                                "-",
                                ":",
                                "T",
                                "+",
                                "Z",
                                "ago",
                                "2026",
                                "08",
                                "999999999",
                                "now",
                                "today")
                        .list()
                        .ofMaxSize(10)
                        .map(pieces -> String.join("", pieces)));
    }

    @Property(tries = 1000)
    void parse_anyText_neverThrows(@ForAll("almostTimes") String text) {
        for (var now : new Instant[] {NOW, Instant.MIN, Instant.MAX, Instant.EPOCH}) {
            for (var zone : new ZoneId[] {BERLIN, ZoneOffset.UTC, ZoneOffset.MAX}) {
                assertThat(TimeExpression.parse(text, now, zone)).isNotNull();
                assertThat(SnapshotSelector.parse("@" + text, now, zone)).isNotNull();
            }
        }
    }
}
