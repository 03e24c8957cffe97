package dev.strandline.cli.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** When the heap is collected, on a heap of numbers. */
final class SoftHeapLimitTest {
    private static final long MIB = 1L << 20;

    private long usedBytes;
    private long aliveBytes;
    private int collections;
    private final SoftHeapLimit limit = new SoftHeapLimit(() -> usedBytes, () -> {
        collections++;
        usedBytes = aliveBytes;
    });

    @Test
    void enforce_littleInUse_collectsNothing() {
        usedBytes = 96 * MIB;
        limit.enforce();
        assertEquals(0, collections);
    }

    @Test
    void enforce_garbage_isCollectedEachTimeItPassesTheLimit() {
        aliveBytes = 10 * MIB;
        for (int round = 0; round < 3; round++) {
            usedBytes = 97 * MIB;
            limit.enforce();
            limit.enforce();
        }
        assertEquals(3, collections);
    }

    @Test
    void enforce_muchAlive_waitsUntilItHasDoubled() {
        aliveBytes = 300 * MIB;
        usedBytes = 301 * MIB;
        limit.enforce();
        usedBytes = 600 * MIB;
        limit.enforce();
        assertEquals(1, collections);
        usedBytes++;
        limit.enforce();
        assertEquals(2, collections);
    }
}
