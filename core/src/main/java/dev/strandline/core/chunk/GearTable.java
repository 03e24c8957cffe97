package dev.strandline.core.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The 256 random words of a gear hash. They are secret and differ by repository, so that chunk sizes don't tell an
 * observer which known file is stored (how far that goes: {@code docs/security.md}).
 */
public final class GearTable {
    /** Bytes of key material that make a table. */
    public static final int SEED_BYTES = 256 * Long.BYTES;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long[] words = new long[256];

    /** @param seed {@link #SEED_BYTES} of key material, taken as little-endian words */
    public GearTable(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("a gear table takes " + SEED_BYTES + " bytes, not " + seed.length);
        }
        for (int i = 0; i < words.length; i++) {
            words[i] = (long) WORD.get(seed, i * Long.BYTES);
        }
    }

    /** The table itself, shared: for the chunker's loop. */
    long[] words() {
        return words;
    }
}
