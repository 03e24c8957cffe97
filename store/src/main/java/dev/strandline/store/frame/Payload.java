package dev.strandline.store.frame;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes as they are before sealing: a method, the plain length, and the data, compressed where that helps.
 * {@code docs/format.md}, "Payloads".
 */
public final class Payload {
    /** The base of what is encoded against none. */
    public static final byte[] STANDS_FOR_ITSELF = {};

    /** As they are. */
    private static final int STORED = 0;
    /** One zstd frame (RFC 8878). */
    private static final int ZSTD = 1;
    /** One zstd frame with a base chunk as raw-content dictionary. */
    private static final int ZSTD_DELTA = 2;

    /** What zstd takes for a trained dictionary instead of raw content begins so; shorter ones it passes over. */
    private static final int DICTIONARY_MAGIC = 0xEC30A437;

    private static final int MIN_BASE_BYTES = 8;

    /** zstd levels: how hard to try. Measured in docs/decisions/0010. */
    public enum Effort {
        /** For little: a fifth smaller, at 40 MB/s a core. */
        HIGH(9),
        /** For much: 190 MB/s a core. */
        LOW(4);

        private final int level;

        Effort(int level) {
            this.level = level;
        }
    }

    private Payload() {}

    public static byte[] encode(byte[] plain, int offset, int length) {
        return encode(plain, offset, length, Effort.HIGH);
    }

    /** The bytes compressed, or as they are where that is shorter. */
    public static byte[] encode(byte[] plain, int offset, int length, Effort effort) {
        byte[] compressed = new byte[(int) Zstd.compressBound(length)];
        long size = Zstd.compressByteArray(compressed, 0, compressed.length, plain, offset, length, effort.level);
        return requireCompressed(size) < length
                ? payload(ZSTD, length, compressed, 0, (int) size)
                : payload(STORED, length, plain, offset, length);
    }

    private static long requireCompressed(long size) {
        if (Zstd.isError(size)) {
            throw new IllegalStateException("zstd can't compress: " + Zstd.getErrorName(size));
        }
        return size;
    }

    private static byte[] payload(int method, int plainLength, byte[] data, int offset, int length) {
        return new Encoder()
                .unsigned8(method)
                .varint(plainLength)
                .bytes(data, offset, length)
                .toBytes();
    }

    /** Whether something can be encoded against these bytes. */
    public static boolean canBeBase(byte[] plain) {
        return plain.length >= MIN_BASE_BYTES
                && ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN).getInt() != DICTIONARY_MAGIC;
    }

    /**
     * The difference from a base.
     *
     * @param base for which {@link #canBeBase} holds
     */
    public static byte[] encode(byte[] plain, int offset, int length, byte[] base) {
        byte[] compressed = new byte[(int) Zstd.compressBound(length)];
        long size = Zstd.compressUsingDict(compressed, 0, plain, offset, length, base, Effort.HIGH.level);
        return payload(ZSTD_DELTA, length, compressed, 0, (int) requireCompressed(size));
    }

    /** The plain bytes of a payload that stands for itself: see {@link #decode(byte[], int, byte[])}. */
    public static byte[] decode(byte[] payload, int maximumLength) throws MalformedException {
        return decode(payload, maximumLength, STANDS_FOR_ITSELF);
    }

    /**
     * The plain bytes. Call with authenticated bytes only: a decompressor is no place for hostile ones.
     *
     * @param maximumLength of the plain bytes
     * @param base what the payload was encoded against, or {@link #STANDS_FOR_ITSELF}
     */
    public static byte[] decode(byte[] payload, int maximumLength, byte[] base) throws MalformedException {
        var in = new Decoder(payload);
        int method = in.unsigned8();
        int length = in.varint(maximumLength, "the plain length");
        if (base.length > 0 != (method == ZSTD_DELTA)) {
            throw new MalformedException("method " + method + (base.length > 0 ? " with" : " without") + " a base");
        }
        if (method == STORED) {
            byte[] plain = in.bytes(length);
            in.expectEnd();
            return plain;
        }
        if (method != ZSTD && method != ZSTD_DELTA) {
            throw new MalformedException("unknown compression method " + method);
        }
        byte[] plain = new byte[length];
        try {
            int start = in.position();
            int size = payload.length - start;
            long yielded = method == ZSTD
                    ? Zstd.decompressByteArray(plain, 0, length, payload, start, size)
                    : Zstd.decompressUsingDict(plain, 0, payload, start, size, base);
            if (Zstd.isError(yielded) || yielded != length) {
                throw new MalformedException("it does not decompress to " + length + " bytes");
            }
        } catch (ZstdException e) {
            throw new MalformedException("it does not decompress: " + e.getMessage());
        }
        return plain;
    }

    /** The payload of {@code padded}, which has its length before and zeros after. */
    public static byte[] unpad(byte[] padded) throws MalformedException {
        var in = new Decoder(padded);
        long length = in.unsigned32();
        if (length > in.remaining()) {
            throw new MalformedException("its length goes beyond its end");
        }
        return in.bytes((int) length);
    }

    /**
     * The payload with its length before and as many zeros after as make {@code outside} more bytes a multiple of
     * {@code multiple}, so that sizes tell less.
     */
    public static byte[] pad(byte[] payload, long outside, int multiple) {
        int used = Integer.BYTES + payload.length;
        int padding = (int) Math.floorMod(-(outside + used), (long) multiple);
        byte[] head = new Encoder().unsigned32(payload.length).bytes(payload).toBytes();
        return Arrays.copyOf(head, used + padding);
    }
}
