package dev.strandline.store.repository;

/** A set of rows of small numbers, in 16 bytes each and the room that a hash table needs. */
final class SeenStates {
    /** Of a row; one more says that there is one. */
    private static final int ROW_BITS = 2 * Long.SIZE - 2;

    private static final int FIRST_CAPACITY = 1 << 16;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private long[] table = new long[2 * FIRST_CAPACITY];
    private final int bits;
    private int count;

    /** @param columns how many numbers a row has */
    SeenStates(int columns) {
        this.bits = ROW_BITS / columns;
    }

    /** @return whether it is new */
    boolean add(int[] row) {
        long low = 1;
        long high = 0;
        for (int number : row) {
            if (number >>> bits != 0 || high >>> (Long.SIZE - bits) != 0) {
                throw new IllegalArgumentException("too many or too large");
            }
            high = (high << bits) | (low >>> (Long.SIZE - bits));
            low = (low << bits) | number;
        }
        if (!insert(high, low)) {
            return false;
        }
        if (++count > table.length / 3) {
            grow();
        }
        return true;
    }

    int size() {
        return count;
    }

    private boolean insert(long high, long low) {
        int mask = table.length / 2 - 1;
        long hash = ((high * MULTIPLIER) ^ low) * MULTIPLIER;
        int place = (int) (hash >>> Integer.SIZE) & mask;
        while (table[2 * place] != 0 || table[2 * place + 1] != 0) {
            if (table[2 * place] == high && table[2 * place + 1] == low) {
                return false;
            }
            place = (place + 1) & mask;
        }
        table[2 * place] = high;
        table[2 * place + 1] = low;
        return true;
    }

    private void grow() {
        var old = table;
        table = new long[2 * old.length];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0 || old[i + 1] != 0) {
                insert(old[i], old[i + 1]);
            }
        }
    }
}
