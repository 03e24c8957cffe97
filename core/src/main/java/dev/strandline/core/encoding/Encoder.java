package dev.strandline.core.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Appends primitive encodings to a growing array. One thread. */
public final class Encoder {
    private static final int INITIAL_CAPACITY = 256;

    private byte[] buffer;
    private int size;

    public Encoder() {
        buffer = new byte[INITIAL_CAPACITY];
    }

    public int size() {
        return size;
    }

    /** The encoder's own array, valid up to {@link #size} until the next call. */
    public byte[] array() {
        return buffer;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    /** Forgets everything and keeps the array. */
    public void clear() {
        size = 0;
    }

    public Encoder unsigned8(int value) {
        if (value < 0 || value > 0xFF) {
            throw new IllegalArgumentException("not an unsigned byte: " + value);
        }
        reserve(1);
        buffer[size++] = (byte) value;
        return this;
    }

    public Encoder unsigned16(int value) {
        return fixed(value, Short.BYTES);
    }

    public Encoder unsigned32(long value) {
        return fixed(value, Integer.BYTES);
    }

    /** Overwrites four bytes at {@code position} of what was encoded. */
    public void setUnsigned32(int position, long value) {
        int end = size;
        size = Objects.checkFromIndexSize(position, Integer.BYTES, end);
        fixed(value, Integer.BYTES);
        size = end;
    }

    public Encoder signed64(long value) {
        return fixed(value, Long.BYTES);
    }

    private Encoder fixed(long value, int byteCount) {
        reserve(byteCount);
        for (int i = 0; i < byteCount; i++) {
            buffer[size++] = (byte) (value >>> (8 * i));
        }
        return this;
    }

    /** LEB128 of the value taken as unsigned: 1 to 10 bytes. */
    public Encoder varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
        return this;
    }

    /** A signed value as a zigzag varint: small magnitudes are short. */
    public Encoder zigzag(long value) {
        return varint((value << 1) ^ (value >> 63));
    }

    public Encoder bytes(byte[] source) {
        return bytes(source, 0, source.length);
    }

    public Encoder bytes(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, buffer, size, length);
        size += length;
        return this;
    }

    /** A varint length and the bytes. */
    public Encoder sized(byte[] source) {
        return varint(source.length).bytes(source);
    }

    /** {@link #sized} UTF-8. */
    public Encoder text(String text) {
        return sized(text.getBytes(StandardCharsets.UTF_8));
    }

    private void reserve(int count) {
        if (count > buffer.length - size) {
            buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(size, count), 2 * buffer.length));
        }
    }
}
