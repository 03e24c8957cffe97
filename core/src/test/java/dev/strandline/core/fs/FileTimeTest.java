package dev.strandline.core.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FileTimeTest {
    @Test
    void compareTo_isByTime() {
        assertThat(new FileTime(-2, 999_999_999)).isLessThan(new FileTime(-1, 0));
        assertThat(new FileTime(5, 1)).isLessThan(new FileTime(5, 2));
        assertThat(new FileTime(5, 1)).isEqualByComparingTo(new FileTime(5, 1));
    }

    @Test
    void nanosOutOfRange_areRefused() {
        assertThatThrownBy(() -> new FileTime(0, 1_000_000_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FileTime(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
