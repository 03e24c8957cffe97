package dev.strandline.cli.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes in checkpoints. */
final class CheckpointInfoTest {
    private static final Instant TIME = Instant.parse("2025-11-16T15:19:44Z");

    private static CheckpointInfo parse(String content) {
        return CheckpointInfo.parse(content.getBytes(StandardCharsets.UTF_8), ZoneOffset.UTC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Checkpoint\n==========\nCreated: 2025-11-16 15:19:44\nDescription: before the upgrade\n",
                "description:before the upgrade\r\nDATE: 2025-11-16 15:19:44\r\n",
                "\ufeffTimestamp: 20251116-151944\nMessage = before the upgrade",
                "# Checkpoint Description: before the upgrade\n# Created at: Sun Nov 16 15:19:44 UTC 2025\n",
                "Date: 2025-11-16\nTime: 15:19:44\nComment: before the upgrade",
                "Created: unknown\nTime: 1763306384\nDescription:\nDescription:  before the upgrade \t\nDescription: x"
            })
    void parse_linesInAnyShape_areUnderstood(String content) {
        assertThat(parse(content)).isEqualTo(new CheckpointInfo(Optional.of(TIME), "before the upgrade"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "nothing of use", "Created: 2025-13-16 15:19:44", ":::", "Descriptions: many"})
    void parse_nothingOfUse_isNone(String content) {
        assertThat(parse(content)).isEqualTo(CheckpointInfo.NONE);
    }

    @Test
    void parse_wholeDescription_isKept() {
        assertThat(parse("Description: [CRON-15MIN] a: b = c — ü\n").description())
                .isEqualTo("[CRON-15MIN] a: b = c — ü");
    }

    @Test
    void parse_latin1_isUnderstood() {
        var content = "Description: für alle\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(CheckpointInfo.parse(content, ZoneOffset.UTC).description()).isEqualTo("für alle");
    }

    @Test
    void parse_fileCutWithinACharacter_isReadUpToItsLastLine() {
        var text = "Description: für alle\n" + "ü".repeat(CheckpointInfo.MAX_BYTES);
        var cut = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), CheckpointInfo.MAX_BYTES);
        assertThat(CheckpointInfo.parse(cut, ZoneOffset.UTC).description()).isEqualTo("für alle");
    }

    @Test
    void parse_arbitraryBytes_neverFails() {
        long seed = 5;
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] content = new byte[random.nextInt(200)];
            random.nextBytes(content);
            byte[] lead = "Created: 2025-".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(lead, 0, content, 0, Math.min(lead.length, content.length));
            assertThat(CheckpointInfo.parse(content, ZoneOffset.UTC)).isNotNull();
        }
        for (char filler : new char[] {' ', '\t', 'a', ':', '-', '#', '2'}) {
            var content = ("Created" + String.valueOf(filler).repeat(CheckpointInfo.MAX_BYTES - 8));
            assertThat(parse(content).description()).isEmpty();
        }
    }
}
