package dev.strandline.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ByteTextTest {
    @Property
    void encode_ofDecode_givesTheBytesBack(@ForAll byte[] bytes) {
        assertThat(ByteText.encode(ByteText.decode(bytes))).isEqualTo(bytes);
    }

    @Property
    void decode_validUtf8_isThatText(@ForAll String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(ByteText.decode(bytes)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    @Property
    void display_anyBytes_isPlainPrintableText(@ForAll byte[] bytes) {
        String shown = ByteText.display(bytes);
        assertThat(shown.codePoints()).noneMatch(Character::isISOControl);
        assertThat(new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(shown);
    }

    @Test
    void decode_notUtf8_isLoneSurrogates() {
        assertThat(ByteText.decode(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xc3}))
                .isEqualTo("a\udcffb\udcc3");
        assertThat(ByteText.decode(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}))
                .isEqualTo("\udced\udca0\udc80");
        assertThat(ByteText.decode(new byte[] {(byte) 0xc0, (byte) 0xaf})).isEqualTo("\udcc0\udcaf");
    }

    @Test
    void utf8_tellsTextFromBytes() {
        assertThat(ByteText.utf8(new byte[] {(byte) 0xc3, (byte) 0xa9})).hasValue("é");
        assertThat(ByteText.utf8(new byte[] {(byte) 0xe9})).isEmpty();
        assertThat(ByteText.utf8(new byte[0])).hasValue("");
    }

    @Test
    void display_escapesWhatATerminalWouldObey() {
        assertThat(ByteText.display(ByteText.encode("a\u001b[31m\n"))).isEqualTo("a\\x1b[31m\\x0a");
        assertThat(ByteText.display(ByteText.encode("\u202egnp.exe"))).isEqualTo("\\u{202e}gnp.exe");
        assertThat(ByteText.display(new byte[] {(byte) 0xff})).isEqualTo("\\xff");
        assertThat(ByteText.display(ByteText.encode("a\\b"))).isEqualTo("a\\\\b");
        assertThat(ByteText.display(ByteText.encode("Füße 🏖"))).isEqualTo("Füße 🏖");
    }
}
