package dev.strandline.core.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FileNameTest {
    @Test
    void of_whatLeavesItsDirectory_isRefused() {
        for (String text : new String[] {"", ".", "..", "/", "a/b", "../a", "/a", "a/", "a\0b", "\0"}) {
            assertThatThrownBy(() -> FileName.of(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not a file name: ");
        }
    }

    @Test
    void of_whatOnlyLooksOdd_isAName() {
        for (String text : new String[] {"...", "..a", ".a", " ", "\n", "-", "~", "\\", "*", "\udcff"}) {
            assertThat(FileName.of(text).toBytes()).isEqualTo(ByteText.encode(text));
        }
    }

    @Test
    void of_lengths_areCountedInBytes() {
        assertThat(FileName.of("x".repeat(255)).length()).isEqualTo(255);
        assertThatThrownBy(() -> FileName.of("x".repeat(256)))
                .hasMessageEndingWith("is not a file name: it is longer than 255 bytes");
        assertThatThrownBy(() -> FileName.of("é".repeat(128))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_refusedName_isPrintedSafely() {
        assertThatThrownBy(() -> FileName.of("\u001b/")).hasMessage("'\\x1b/' is not a file name: it contains /");
    }

    @Test
    void compareTo_isByUnsignedBytes() {
        assertThat(FileName.of("z")).isLessThan(FileName.of(new byte[] {(byte) 0x80}));
        assertThat(FileName.of("a")).isLessThan(FileName.of("aa"));
        assertThat(FileName.of("B")).isLessThan(FileName.of("a"));
    }

    @Test
    void equals_sameBytes_areEqual() {
        assertThat(FileName.of("é")).isEqualTo(FileName.of(new byte[] {(byte) 0xc3, (byte) 0xa9}));
        assertThat(FileName.of("é")).hasSameHashCodeAs(FileName.of(new byte[] {(byte) 0xc3, (byte) 0xa9}));
        assertThat(FileName.of("é")).isNotEqualTo(FileName.of("e\u0301"));
    }

    @Test
    void toBytes_isACopy() {
        var name = FileName.of("ab");
        name.toBytes()[0] = '/';
        assertThat(name).isEqualTo(FileName.of("ab"));
        var target = new byte[] {1, 1, 1, 1};
        name.copyTo(target, 1);
        assertThat(target).containsExactly(1, 'a', 'b', 1);
    }
}
