package dev.strandline.core.report;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.StoredChunk;

/**
 * The chunks of a repository by number: what each takes, and what it is encoded against.
 * Chunks are told apart by the first 64 bits of their ids, which are the output of a cryptographic hash. About 50 bytes of
 * memory for each chunk. Numbers stay as they are once nothing is added any more. One thread adds.
 */
final class ChunkTable implements StoredChunk.Receiver {
    static final int ABSENT = -1;

    private static final int FIRST_SLOTS = 1 << 10;
    private static final long EMPTY = 0;

    private long[] keys = new long[FIRST_SLOTS];
    private long[] bases = new long[FIRST_SLOTS];
    private int[] storedBytes = new int[FIRST_SLOTS];
    private int size;
    private long totalBytes;

    @Override
    public void accept(StoredChunk chunk) {
        if (3L * (size + 1) > 2L * keys.length) {
            grow();
        }
        long base = chunk.base().map(ChunkTable::key).orElse(EMPTY);
        put(key(chunk.id()), base, chunk.storedBytes());
        totalBytes += chunk.storedBytes();
    }

    private static long key(ChunkId id) {
        return id.word0() == EMPTY ? 1 : id.word0();
    }

    private void put(long key, long base, int stored) {
        int slot = slot(key);
        if (keys[slot] == EMPTY) {
            keys[slot] = key;
            bases[slot] = base;
            size++;
        }
        // Of a chunk that is stored several times, all copies count.
        storedBytes[slot] += stored;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) (key >>> 32) & mask;
        while (keys[slot] != EMPTY && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldBases = bases;
        int[] oldStored = storedBytes;
        keys = new long[oldKeys.length * 2];
        bases = new long[keys.length];
        storedBytes = new int[keys.length];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                put(oldKeys[i], oldBases[i], oldStored[i]);
            }
        }
    }

    /** {@link #ABSENT} when no pack has the chunk. */
    int number(ChunkId id) {
        return number(key(id));
    }

    private int number(long key) {
        int slot = slot(key);
        return keys[slot] == EMPTY ? ABSENT : slot;
    }

    /** What a chunk is encoded against; {@link #ABSENT} when it stands for itself. */
    int base(int number) {
        return bases[number] == EMPTY ? ABSENT : number(bases[number]);
    }

    int storedBytes(int number) {
        return storedBytes[number];
    }

    /** What all of them take. */
    long totalBytes() {
        return totalBytes;
    }

    /** A mark for each number, at first 0. */
    int[] marks() {
        return new int[keys.length];
    }
}
