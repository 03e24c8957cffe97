package dev.strandline.core.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {
    private static Decoder hex(String hex) {
        return new Decoder(HexFormat.of().parseHex(hex));
    }

    @Property
    void decode_whatWasEncoded_givesItBack(
            @ForAll @IntRange(max = 0xFF) int byteValue,
            @ForAll @IntRange(max = 0xFFFF) int shortValue,
            @ForAll @LongRange(max = 0xFFFF_FFFFL) long intValue,
            @ForAll long longValue,
            @ForAll long varint,
            @ForAll long zigzag,
            @ForAll byte[] bytes,
            @ForAll("texts") String text)
            throws MalformedException {
        var out = new Encoder()
                .unsigned8(byteValue)
                .unsigned16(shortValue)
                .unsigned32(intValue)
                .signed64(longValue)
                .varint(varint)
                .zigzag(zigzag)
                .sized(bytes)
                .text(text)
                .bytes(bytes);
        var in = new Decoder(out.toBytes());
        assertThat(in.remaining()).isEqualTo(out.size());
        assertThat(in.unsigned8()).isEqualTo(byteValue);
        assertThat(in.unsigned16()).isEqualTo(shortValue);
        assertThat(in.unsigned32()).isEqualTo(intValue);
        assertThat(in.signed64()).isEqualTo(longValue);
        assertThat(in.varint()).isEqualTo(varint);
        assertThat(in.zigzag()).isEqualTo(zigzag);
        assertThat(in.sized(bytes.length, "bytes")).isEqualTo(bytes);
        assertThat(in.text(Integer.MAX_VALUE, "text")).isEqualTo(text);
        assertThat(in.bytes(bytes.length)).isEqualTo(bytes);
        in.expectEnd();
        assertThat(in.position()).isEqualTo(out.size());
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<String> texts() {
        return net.jqwik.api.Arbitraries.strings()
                .withChars("aä€")
                .withCharRange('\ue000', '\uffff')
                .ofMaxLength(30);
    }

    @Test
    void encode_fixedExamples_givesTheBytesOfTheFormat() {
        var out = new Encoder()
                .unsigned8(0xAB)
                .unsigned16(0x1234)
                .unsigned32(0x89ABCDEFL)
                .signed64(-2)
                .varint(0)
                .varint(127)
                .varint(128)
                .varint(-1)
                .zigzag(-1)
                .zigzag(1)
                .zigzag(Long.MIN_VALUE)
                .text("é");
        assertThat(HexFormat.of().formatHex(out.toBytes()))
                .isEqualTo("ab" + "3412" + "efcdab89" + "feffffffffffffff" + "00" + "7f" + "8001"
                        + "ffffffffffffffffff01" + "01" + "02" + "ffffffffffffffffff01" + "02c3a9");
    }

    @Test
    void clear_afterUse_keepsNothing() {
        var out = new Encoder().bytes(new byte[1000]);
        out.clear();
        assertThat(out.size()).isZero();
        assertThat(out.unsigned8(7).toBytes()).containsExactly(7);
        assertThat(out.array()).startsWith(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void unsigned8_outOfRange_isRefused(int value) {
        assertThatThrownBy(() -> new Encoder().unsigned8(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8000", // 0 in two bytes
                "ff00", // 127 in two bytes
                "80808000",
                "ffffffffffffffffff00", // less than 2^63 in ten bytes
                "ffffffffffffffffff02", // 2^64 and more
                "ffffffffffffffffffff01" // eleven bytes
            })
    void varint_notInItsShortestForm_isRefused(String hex) {
        assertThatThrownBy(() -> hex(hex).varint()).isInstanceOf(MalformedException.class);
    }

    @Property
    void varint_ofArbitraryBytes_isRefusedOrTheOneEncodingOfItsValue(@ForAll @Size(max = 12) byte[] bytes) {
        var in = new Decoder(bytes);
        try {
            long value = in.varint();
            byte[] again = new Encoder().varint(value).toBytes();
            assertThat(again).isEqualTo(java.util.Arrays.copyOf(bytes, in.position()));
        } catch (MalformedException expected) {
            assertThat(expected).hasMessageMatching(".*(shortest form|longer than 10|too early).*");
        }
    }

    @Test
    void varint_beyondItsMaximum_isRefusedByName() throws MalformedException {
        assertThat(hex("8001").varint(128, "a count")).isEqualTo(128);
        assertThatThrownBy(() -> hex("8001").varint(127, "a count"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("a count is 128, more than the 127 allowed");
        assertThatThrownBy(() -> hex("ffffffffffffffffff01").varint(Long.MAX_VALUE, "a size"))
                .hasMessage("a size is 18446744073709551615, more than the 9223372036854775807 allowed");
    }

    private interface Read {
        Object from(Decoder decoder) throws MalformedException;
    }

    private static final List<Read> READS = List.of(
            Decoder::unsigned8,
            Decoder::unsigned16,
            Decoder::unsigned32,
            Decoder::signed64,
            Decoder::varint,
            in -> in.varint(1000, "x"),
            in -> in.varint(Long.MAX_VALUE, "x"),
            Decoder::zigzag,
            in -> in.bytes(20),
            in -> in.bytes(Integer.MAX_VALUE),
            in -> in.sized(Integer.MAX_VALUE, "x"),
            in -> in.text(Integer.MAX_VALUE, "x"));

    @Property
    void decode_arbitraryOrTruncatedInput_throwsNothingButMalformed(
            @ForAll @Size(max = 24) byte[] bytes, @ForAll @IntRange(max = 8) int offset) {
        for (var read : READS) {
            var in = new Decoder(bytes, Math.min(offset, bytes.length), bytes.length - Math.min(offset, bytes.length));
            try {
                assertThat(read.from(in)).isNotNull();
                assertThat(in.remaining()).isNotNegative();
            } catch (MalformedException expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void decode_anyMethodOnNoInput_isMalformed() {
        for (var read : READS) {
            assertThatThrownBy(() -> read.from(hex(""))).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void bytes_beyondTheRange_areRefusedThoughTheArrayGoesOn() {
        var in = new Decoder(new byte[10], 2, 3);
        assertThatThrownBy(() -> in.bytes(4)).hasMessage("it ends 1 bytes too early");
        assertThat(in.position()).isEqualTo(2);
    }

    @Test
    void text_notUtf8_isRefused() {
        assertThatThrownBy(() -> hex("02c328").text(10, "a name")).hasMessage("a name is not UTF-8");
    }

    @Test
    void expectEnd_withSomethingLeft_isRefused() {
        assertThatThrownBy(() -> hex("0000").expectEnd()).hasMessage("2 bytes are left over");
    }
}
