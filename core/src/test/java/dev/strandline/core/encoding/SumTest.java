package dev.strandline.core.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SumTest {
    @Test
    void saturated_ordinaryAmounts_areAdded() {
        assertThat(Sum.saturated(2, 3)).isEqualTo(5);
        assertThat(Sum.saturated(Long.MAX_VALUE, -1)).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(Sum.saturated(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(-1);
    }

    @Test
    void saturated_tooLarge_staysAtTheLargest() {
        assertThat(Sum.saturated(Long.MAX_VALUE - 1, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Sum.saturated(Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Sum.saturated(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Sum.saturated(Long.MIN_VALUE, -1)).isEqualTo(Long.MIN_VALUE);
    }
}
