package dev.strandline.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.doctor.Finding.State;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DiskSpaceTest {
    private static final long MEBIBYTE = 1L << 20;

    @ParameterizedTest
    @CsvSource({
        "20000, 100000, OK",
        "9999, 100000, WARNING",
        "999, 100000, FAILURE",
        "1024, 2000, OK",
        "1023, 2000, WARNING",
        "100, 200, WARNING",
        "99, 200, FAILURE",
        "0, 100000, FAILURE"
    })
    void judge_byShareAndByAmount(long freeMebibytes, long totalMebibytes, State state) {
        var finding = DiskSpace.judge("disk space", freeMebibytes * MEBIBYTE, totalMebibytes * MEBIBYTE);
        assertThat(finding.state()).isEqualTo(state);
        assertThat(finding.fix().isEmpty()).isEqualTo(state == State.OK);
    }
}
