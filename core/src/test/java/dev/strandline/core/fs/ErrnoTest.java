package dev.strandline.core.fs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void of_eachNumber_isItsConstant() {
        for (var errno : Errno.values()) {
            assertThat(Errno.of(errno.number())).isEqualTo(errno);
        }
        // Linux has no 41 and no 58; its last one is 133.
        for (int number = 1; number <= 132; number++) {
            assertThat(Errno.of(number) == Errno.OTHER).as("%d", number).isEqualTo(number == 41 || number == 58);
        }
        assertThat(Errno.of(4_000)).isEqualTo(Errno.OTHER);
    }
}
