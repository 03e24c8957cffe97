package dev.strandline.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InstalledCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "*/15 * * * * root /opt/a/bin/strandline snapshot --x | /opt/a/bin/strandline",
                "* * * * * A='/b c' '/opt/a b/bin/strandline' snapshot --x | /opt/a b/bin/strandline",
                "* * * * * root /100\\%/strandline snapshot --x | /100%/strandline",
                "ExecStart=\"/opt/a 1%%/bin/strandline\" snapshot --x | /opt/a 1%/bin/strandline",
                "ExecStart=/opt/bin/strandline snapshot --x | /opt/bin/strandline"
            })
    void of_linesAndUnits_isTheProgram(String line, String program) {
        assertThat(InstalledCommand.of("# /not/this snapshot \nPATH=/bin\n" + line + "\n"))
                .contains(program);
        assertThat(InstalledCommand.of("# " + line)).isEmpty();
    }
}
