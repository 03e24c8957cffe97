package dev.strandline.core.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a chunk by its plaintext: HMAC-SHA-256 under a key of the repository, 32 bytes. Held as four big-endian
 * words because millions of them are in memory at once. Ordered by unsigned bytes.
 */
public record ChunkId(long word0, long word1, long word2, long word3) implements Comparable<ChunkId> {
    public static final int BYTES = 32;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Reads the 32 bytes at {@code offset}. */
    public static ChunkId read(byte[] source, int offset) {
        return new ChunkId(
                (long) WORD.get(source, offset),
                (long) WORD.get(source, offset + 8),
                (long) WORD.get(source, offset + 16),
                (long) WORD.get(source, offset + 24));
    }

    /** Writes the 32 bytes at {@code offset}. */
    public void write(byte[] target, int offset) {
        WORD.set(target, offset, word0);
        WORD.set(target, offset + 8, word1);
        WORD.set(target, offset + 16, word2);
        WORD.set(target, offset + 24, word3);
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        write(bytes, 0);
        return bytes;
    }

    @Override
    public int compareTo(ChunkId other) {
        int order = Long.compareUnsigned(word0, other.word0);
        if (order == 0) {
            order = Long.compareUnsigned(word1, other.word1);
        }
        if (order == 0) {
            order = Long.compareUnsigned(word2, other.word2);
        }
        return order != 0 ? order : Long.compareUnsigned(word3, other.word3);
    }

    /** Written out: what a record makes of itself is linked at run time, which every start would pay for. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChunkId id
                && word0 == id.word0
                && word1 == id.word1
                && word2 == id.word2
                && word3 == id.word3;
    }

    /** The first word alone: it is the output of a cryptographic hash already. */
    @Override
    public int hashCode() {
        return Long.hashCode(word0);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }
}
