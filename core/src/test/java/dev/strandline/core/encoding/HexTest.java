package dev.strandline.core.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HexTest {
    @Test
    void isDigits_thatManyInLowerCase_holds() {
        assertThat(Hex.isDigits("0123456789abcdef", 16)).isTrue();
        assertThat(Hex.isDigits("0123456789abcdef", 15)).isFalse();
        assertThat(Hex.isDigits("0123456789abcdef", 17)).isFalse();
    }

    /** The last two are digits to {@link Character#digit}: an Arabic-Indic three, and an a of full width. */
    @ParameterizedTest
    @ValueSource(strings = {"A0", "F0", "g0", "`0", "/0", ":0", " 0", "\u06630", "\uff410"})
    void isDigits_anythingElse_doesNot(String text) {
        assertThat(Hex.isDigits(text, 2)).isFalse();
    }
}
