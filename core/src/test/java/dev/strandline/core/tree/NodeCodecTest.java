package dev.strandline.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.path.FileName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NodeCodecTest {
    private static final Metadata PLAIN =
            new Metadata(0644, 1000, 100, new FileTime(1_234_567_890, 5), List.of(), Optional.empty());
    private static final String PLAIN_HEX = "a403" + "e807" + "64" + "a48bb09909" + "05";

    @Provide
    Arbitrary<Entry> entries() {
        return TreeArbitraries.entries();
    }

    @Provide
    Arbitrary<ChunkStream> streams() {
        return TreeArbitraries.streams();
    }

    private static byte[] encode(Entry entry) {
        var out = new Encoder();
        NodeCodec.encode(out, entry);
        return out.toBytes();
    }

    private static Entry decode(byte[] bytes) throws MalformedException {
        var in = new Decoder(bytes);
        var entry = NodeCodec.decodeEntry(in);
        in.expectEnd();
        return entry;
    }

    @Property
    void decode_encodedEntry_givesItBackAndTheSameBytesAgain(@ForAll("entries") Entry entry) throws MalformedException {
        byte[] bytes = encode(entry);
        var decoded = decode(bytes);
        assertThat(decoded).isEqualTo(entry).hasSameHashCodeAs(entry);
        assertThat(encode(decoded)).isEqualTo(bytes);
    }

    @Property
    void decode_encodedStream_givesItBack(@ForAll("streams") ChunkStream stream) throws MalformedException {
        var out = new Encoder();
        ChunkStreamCodec.encode(out, stream);
        var in = new Decoder(out.toBytes());
        var decoded = ChunkStreamCodec.decode(in);
        in.expectEnd();
        assertThat(decoded).isEqualTo(stream);
        assertThat(decoded.sizeBytes()).isEqualTo(stream.sizeBytes());
    }

    /** Decodes; what is accepted must be the one encoding of what it means. */
    private static void decodeOrRefuse(byte[] bytes) {
        try {
            assertThat(encode(decode(bytes))).isEqualTo(bytes);
        } catch (MalformedException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    @Property(tries = 5000)
    void decode_arbitraryBytes_areRefusedOrCanonical(@ForAll @Size(max = 120) byte[] bytes) {
        decodeOrRefuse(bytes);
        byte[] withName = new byte[bytes.length + 2];
        withName[0] = 1;
        withName[1] = 'n';
        System.arraycopy(bytes, 0, withName, 2, bytes.length);
        if (bytes.length > 0) {
            withName[2] = (byte) (bytes[0] & 0x77);
        }
        decodeOrRefuse(withName);
    }

    @Property
    void decode_mutatedEncoding_isRefusedOrCanonical(@ForAll("entries") Entry entry, @ForAll long mutation) {
        byte[] bytes = encode(entry);
        int index = Math.floorMod(mutation, bytes.length);
        byte[] flipped = bytes.clone();
        flipped[index] ^= (byte) (1 << Math.floorMod(mutation >>> 32, 8));
        decodeOrRefuse(flipped);
        byte[] replaced = bytes.clone();
        replaced[index] = (byte) (mutation >>> 40);
        decodeOrRefuse(replaced);
        byte[] without = new byte[bytes.length - 1];
        System.arraycopy(bytes, 0, without, 0, index);
        System.arraycopy(bytes, index + 1, without, index, without.length - index);
        decodeOrRefuse(without);
    }

    @Property(tries = 200)
    void decode_truncatedAnywhere_isRefused(@ForAll("entries") Entry entry) {
        byte[] bytes = encode(entry);
        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decode(truncated)).isInstanceOf(MalformedException.class);
        }
    }

    private static void assertRefused(String hex, String reason) {
        assertThatThrownBy(() -> decode(HexFormat.of().parseHex(hex)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void decode_kindsOfALaterVersion_areRefused() {
        assertRefused("016e" + "07" + PLAIN_HEX, "unknown kind of node 0x7");
        assertRefused("016e" + "0b" + PLAIN_HEX, "unknown kind of node 0xb");
        assertRefused("016e" + "83" + PLAIN_HEX, "unknown kind of node 0x83");
        assertRefused("016e" + "43" + PLAIN_HEX, "unknown kind of node 0x43");
    }

    @Test
    void decode_impossibleNames_areRefused() {
        for (String name : List.of("", "2f", "612f62", "6100", "2e", "2e2e")) {
            assertRefused("%02x".formatted(name.length() / 2) + name + "03" + PLAIN_HEX, "is not a file name");
        }
    }

    @Test
    void decode_aNameOf256Bytes_isReadAsShorterOneAndRefused() {
        // The length is one byte, so 256 comes out as 0.
        assertRefused("00" + "61".repeat(256) + "03" + PLAIN_HEX, "it is empty");
    }

    @Test
    void decode_metadataOutOfRange_isRefused() {
        assertRefused("016e" + "03" + "8020" + "e807" + "64" + "00" + "05", "a mode is 4096");
        assertRefused("016e" + "03" + "a403" + "8080808010" + "64" + "00" + "05", "a user id is 4294967296");
        assertRefused("016e" + "03" + "a403" + "00" + "00" + "00" + "8094ebdc03", "the nanoseconds of a time");
    }

    @Test
    void decode_xattrsNoKernelTakesOrOutOfOrder_areRefused() {
        assertRefused("016e" + "23" + PLAIN_HEX + "00", "an empty list");
        assertRefused("016e" + "23" + PLAIN_HEX + "01" + "0000", "an attribute's name is empty");
        assertRefused("016e" + "23" + PLAIN_HEX + "01" + "03610062" + "00", "an attribute's name contains NUL");
        assertRefused("016e" + "23" + PLAIN_HEX + "02" + "016200" + "016100", "not in order");
        assertRefused("016e" + "23" + PLAIN_HEX + "02" + "016100" + "016100", "not in order");
    }

    @Test
    void decode_linkTargetWithNul_isRefused() {
        assertRefused("016e" + "02" + PLAIN_HEX + "03610062", "a link target contains NUL");
    }

    @Test
    void decode_impossibleStreams_areRefused() {
        assertRefused("016e" + "00" + PLAIN_HEX + "12", "the number of inline extents is 18");
        assertRefused("016e" + "00" + PLAIN_HEX + "0101", "an extent is empty");
        assertRefused("016e" + "00" + PLAIN_HEX + "01" + "808080801000", "a chunk of 2147483648 bytes");
        assertRefused("016e" + "00" + PLAIN_HEX + "11" + "00" + "0103", "an indirect stream is empty");
        assertRefused("016e" + "00" + PLAIN_HEX + "11" + "05" + "00", "an indirect stream is empty");
        assertRefused("016e" + "00" + PLAIN_HEX + "1105".repeat(6) + "0103", "indirect more than 5 times");
        assertRefused("016e" + "00" + PLAIN_HEX + "02" + "ffffffffffffffffff01".repeat(2), "larger than 2^63 bytes");
    }

    private static final ChunkId ID = ChunkId.read(
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0ff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"), 0);

    private static void assertKnown(String hex, Node node) throws MalformedException {
        var entry = new Entry(FileName.of("n"), node);
        assertThat(HexFormat.of().formatHex(encode(entry))).isEqualTo("016e" + hex);
        assertThat(decode(HexFormat.of().parseHex("016e" + hex))).isEqualTo(entry);
    }

    @Test
    void encode_oneNodeOfEachKind_givesTheBytesOfTheFormat() throws MalformedException {
        var rich = new Metadata(
                04755,
                -1,
                0,
                new FileTime(-1, 999_999_999),
                List.of(
                        new Xattr("user.a".getBytes(StandardCharsets.US_ASCII), new byte[] {1, 0}),
                        new Xattr("user.b".getBytes(StandardCharsets.US_ASCII), new byte[0])),
                Optional.of(new LinkGroup(HexFormat.of().parseHex("aabbccddeeff00112233445566778899"))));
        String richHex = "ed13" + "ffffffff0f" + "00" + "01" + "ff93ebdc03" + "aabbccddeeff00112233445566778899" + "02"
                + "06757365722e61" + "020100" + "06757365722e62" + "00";
        var direct = new ChunkStream.Direct(List.of(new Extent.Chunk(ID, 300), new Extent.Hole(4096)));
        String directHex = "02" + "d804" + ID + "8140";

        assertKnown("70" + richHex + directHex, new Node.RegularFile(rich, direct, true));
        assertKnown("00" + PLAIN_HEX + "00", new Node.RegularFile(PLAIN, ChunkStream.EMPTY, false));
        assertKnown(
                "00" + PLAIN_HEX + "11" + "8080808001" + directHex,
                new Node.RegularFile(PLAIN, new ChunkStream.Indirect(1L << 28, direct), false));
        assertKnown(
                "01" + PLAIN_HEX + "01" + "10" + ID,
                new Node.Directory(PLAIN, new ChunkStream.Direct(List.of(new Extent.Chunk(ID, 8)))));
        assertKnown("02" + PLAIN_HEX + "03" + "2fff61", new Node.Symlink(PLAIN, new byte[] {'/', -1, 'a'}));
        assertKnown("03" + PLAIN_HEX, new Node.Fifo(PLAIN));
        assertKnown("04" + PLAIN_HEX, new Node.Socket(PLAIN));
        assertKnown("05" + PLAIN_HEX + "01" + "03", new Node.Device(PLAIN, FileType.CHARACTER_DEVICE, 1, 3));
        assertKnown("36" + richHex + "ff1f" + "ffff3f", new Node.Device(rich, FileType.BLOCK_DEVICE, 4095, 0xfffff));
    }

    @Test
    void construct_impossibleValues_areRefused() {
        var hole = new Extent.Hole(1);
        assertThatThrownBy(() -> new ChunkStream.Direct(java.util.Collections.nCopies(17, hole)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChunkStream.Indirect(1, ChunkStream.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Extent.Hole(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Extent.Chunk(ID, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LinkGroup(new byte[15])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Node.Device(PLAIN, FileType.FIFO, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Metadata(010000, 0, 0, new FileTime(0, 0), List.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
