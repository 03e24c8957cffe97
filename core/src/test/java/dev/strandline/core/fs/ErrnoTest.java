package dev.strandline.core.fs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void of_eachNumber_isItsConstant() {
        for (var errno : Errno.values()) {
            assertThat(Errno.of(errno.number())).isEqualTo(errno);
        }
        assertThat(Errno.of(4_000)).isEqualTo(Errno.OTHER);
    }
}
