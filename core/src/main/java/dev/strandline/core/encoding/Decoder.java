package dev.strandline.core.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads primitive encodings from a range of an array and checks every bound; the inverse of {@link Encoder}. One
 * thread.
 */
public final class Decoder {
    private final byte[] buffer;
    private final int end;
    private int position;

    public Decoder(byte[] buffer) {
        this(buffer, 0, buffer.length);
    }

    public Decoder(byte[] buffer, int offset, int length) {
        this.buffer = buffer;
        this.position = offset;
        this.end = offset + length;
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    public int unsigned8() throws MalformedException {
        require(1);
        return buffer[position++] & 0xFF;
    }

    public int unsigned16() throws MalformedException {
        return (int) fixed(Short.BYTES);
    }

    public long unsigned32() throws MalformedException {
        return fixed(Integer.BYTES);
    }

    public long signed64() throws MalformedException {
        return fixed(Long.BYTES);
    }

    private long fixed(int byteCount) throws MalformedException {
        require(byteCount);
        long value = 0;
        for (int i = 0; i < byteCount; i++) {
            value |= (buffer[position++] & 0xFFL) << (8 * i);
        }
        return value;
    }

    /** A varint in its shortest form, taken as unsigned. */
    public long varint() throws MalformedException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = unsigned8();
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                if ((next == 0 && shift > 0) || (shift == 63 && next > 1)) {
                    throw new MalformedException("a varint is not in its shortest form");
                }
                return value;
            }
        }
        throw new MalformedException("a varint is longer than 10 bytes");
    }

    /** A varint that must lie in 0..{@code maximum}. */
    public int varint(int maximum, String what) throws MalformedException {
        return (int) varint((long) maximum, what);
    }

    /** A varint that must lie in 0..{@code maximum}. */
    public long varint(long maximum, String what) throws MalformedException {
        long value = varint();
        if (value < 0 || value > maximum) {
            throw new MalformedException(
                    what + " is " + Long.toUnsignedString(value) + ", more than the " + maximum + " allowed");
        }
        return value;
    }

    public long zigzag() throws MalformedException {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    public byte[] bytes(int length) throws MalformedException {
        require(length);
        byte[] result = Arrays.copyOfRange(buffer, position, position + length);
        position += length;
        return result;
    }

    /** A varint length of at most {@code maximumLength} and as many bytes. */
    public byte[] sized(int maximumLength, String what) throws MalformedException {
        return bytes(varint(maximumLength, "the length of " + what));
    }

    /** {@link #sized} UTF-8. */
    public String text(int maximumLength, String what) throws MalformedException {
        byte[] bytes = sized(maximumLength, what);
        if (isAscii(bytes)) {
            return new String(bytes, StandardCharsets.US_ASCII);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new MalformedException(what + " is not UTF-8");
        }
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /** Fails unless everything has been read. */
    public void expectEnd() throws MalformedException {
        if (position != end) {
            throw new MalformedException(remaining() + " bytes are left over");
        }
    }

    private void require(int count) throws MalformedException {
        if (count < 0 || count > remaining()) {
            throw new MalformedException("it ends " + (count - remaining()) + " bytes too early");
        }
    }
}
