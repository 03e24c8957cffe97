package dev.strandline.cli.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.path.ByteText;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times in names and notes. */
final class CheckpointTimeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checkpoint-20251116-151944",
                "backup-2025-11-16_15-19-44",
                "2025-11-16T15:19:44.5",
                "2025.11.16 15:19:44",
                "backup_20251116_151944.d",
                "20251116151944",
                "v12-20251116-151944-2",
                "host3.20251116T141944Z",
                "2025-11-16 at 15:19:44 CET",
                "2025-11-16T15:19:44+01:00",
                "2025-11-16 16:19:44+0200",
                "20259916-999999-20251116-151944"
            })
    void inName_time_isFound(String name) {
        assertThat(CheckpointTime.inName(name, BERLIN)).contains(Instant.parse("2025-11-16T14:19:44Z"));
    }

    @Test
    void inName_withoutSeconds_isTheFullMinute() {
        assertThat(CheckpointTime.inName("backup-20251116-1519", BERLIN))
                .contains(Instant.parse("2025-11-16T14:19:00Z"));
        assertThat(CheckpointTime.inName("2025-11-16_15.19", BERLIN)).contains(Instant.parse("2025-11-16T14:19:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app",
                "daily.0",
                "checkpoint-20251316-151944",
                "checkpoint-20251132-151944",
                "checkpoint-20250229-151944",
                "checkpoint-20251116-251944",
                "checkpoint-20251116-156044",
                "checkpoint-20251116-151961",
                "checkpoint-18991116-151944",
                "checkpoint-20251116",
                "report-2025-11-16-2025-11-17",
                "2025-1116-151944",
                "920251116-151944",
                "20251116-1519444",
                "20251116T151944+99:00"
            })
    void inName_noTime_isNone(String name) {
        assertThat(CheckpointTime.inName(name, BERLIN)).isEmpty();
    }

    @Test
    void inName_bytesThatAreNotUtf8_areNoObstacle() {
        var name = ByteText.decode(new byte[] {
            (byte) 0xff, '-', '2', '0', '2', '5', '1', '1', '1', '6', '-', '1', '5', '1', '9', '4', '4', (byte) 0xe9
        });
        assertThat(CheckpointTime.inName(name, BERLIN)).contains(Instant.parse("2025-11-16T14:19:44Z"));
    }

    @ParameterizedTest
    @CsvSource({
        // In this night clocks show the hour from two to three twice, in the other never.
        "checkpoint-20251026-023000, 2025-10-26T00:30:00Z",
        "checkpoint-20250330-023000, 2025-03-30T01:30:00Z"
    })
    void inName_whenClocksChange_isAMoment(String name, Instant expected) {
        assertThat(CheckpointTime.inName(name, BERLIN)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-11-16 15:19:44",
                " Sun Nov 16 15:19:44 CET 2025 ",
                "Sun Nov 16 14:19:44 UTC 2025",
                "Sun Nov 16 02:19:44 PM GMT 2025",
                "sun nov 16 15:19:44 2025",
                "Sun Nov 16 09:19:44 -0500 2025",
                "1763302784"
            })
    void inNote_time_isFound(String text) {
        assertThat(CheckpointTime.inNote(text, BERLIN)).contains(Instant.parse("2025-11-16T14:19:44Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2025-13-16 15:19:44",
                "Sun Nov 31 15:19:44 UTC 2025",
                "Sun Nov 16 13:19:44 PM UTC 2025"
            })
    void inNote_noTime_isNone(String text) {
        assertThat(CheckpointTime.inNote(text, BERLIN)).isEmpty();
    }

    @Test
    void inNote_midnightByTwelves_isNoNoon() {
        assertThat(CheckpointTime.inNote("Sun Nov 16 12:00:00 AM UTC 2025", BERLIN))
                .contains(Instant.parse("2025-11-16T00:00:00Z"));
        assertThat(CheckpointTime.inNote("Sun Nov 16 12:00:00 PM UTC 2025", BERLIN))
                .contains(Instant.parse("2025-11-16T12:00:00Z"));
    }
}
