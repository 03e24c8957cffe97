package dev.strandline.cli.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.repository.RefusedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CronLinesTest {
    @Test
    void systemFile_isExactlyThis() throws RefusedException {
        assertThat(CronLines.systemFile(Jobs.with(Jobs.PLAIN))).isEqualTo("""
                # This was written by 'strandline schedule install'; 'strandline schedule remove' removes it.
                # It is silent unless something is wrong, so mail from it means trouble.
                SHELL=/bin/sh
                PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
                STRANDLINE_CONFIG=/etc/strandline/strandline.toml
                STRANDLINE_CACHE_DIR=/root/.cache/strandline
                */15 * * * * root /opt/strandline/bin/strandline snapshot --trigger scheduled --if-running skip
                """);
    }

    @Test
    void block_setsVariablesForItsOwnLineOnly() throws RefusedException {
        assertThat(CronLines.block(Jobs.with(Jobs.PLAIN))).isEqualTo("""
                # BEGIN strandline: written by 'strandline schedule install'; 'strandline schedule remove' removes it
                */15 * * * * PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\
                 STRANDLINE_CONFIG=/etc/strandline/strandline.toml STRANDLINE_CACHE_DIR=/root/.cache/strandline\
                 /opt/strandline/bin/strandline snapshot --trigger scheduled --if-running skip
                # END strandline
                """);
    }

    @Test
    void systemFile_pathsThatNeedIt_areQuoted() throws RefusedException {
        var text = CronLines.systemFile(Jobs.at("/opt/it's 100%/bin/strandline", "/etc/a \"b\".toml"));
        assertThat(text.lines())
                .contains(
                        "STRANDLINE_CONFIG='/etc/a \"b\".toml'",
                        "0 */6 * * * backup '/opt/it'\\''s 100\\%/bin/strandline' snapshot --trigger scheduled"
                                + " --if-running wait");
        assertThat(Marker.override(text)).contains(Duration.ofHours(6));
        assertThat(CronLines.systemFile(Jobs.at("/s", "/100% it's")).lines())
                .contains("STRANDLINE_CONFIG=\"/100% it's\"");
    }

    @Test
    void systemFile_whatCronCanNotRead_isRefused() {
        assertThatThrownBy(() -> CronLines.systemFile(Jobs.at("/s", "/it's \"b\"")))
                .hasMessageContaining("both kinds of quotes");
        assertThatThrownBy(() -> CronLines.systemFile(Jobs.at("/" + "s".repeat(990), "/c")))
                .hasMessageContaining("990");
        assertThatThrownBy(() -> Jobs.at("/s", "/two\nlines").checked()).hasMessageContaining("line break");
    }
}
