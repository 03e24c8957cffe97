package dev.strandline.cli.environment;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Has what nobody needs any more collected long before the heap is full. The serial collector lets old objects lie until
 * the heap has reached its limit, a quarter of the machine's memory; a backup should not take that from the server it runs on. The hard limit
 * stays where it was, so a tree of any size still fits. Figures: {@code docs/decisions/0011-compilers.md}.
 */
public final class SoftHeapLimit {
    /** A collection of this much takes about a tenth of a second and is worth nothing earlier. */
    private static final long LEAST_BYTES = 96L << 20;

    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final LongSupplier usedBytes;
    private final Runnable collector;
    private long limitBytes = LEAST_BYTES;

    SoftHeapLimit(LongSupplier usedBytes, Runnable collector) {
        this.usedBytes = usedBytes;
        this.collector = collector;
    }

    /** Begins to watch this process's heap, on a daemon thread that ends with the process. */
    public static void watch() {
        var runtime = Runtime.getRuntime();
        var limit = new SoftHeapLimit(() -> runtime.totalMemory() - runtime.freeMemory(), runtime::gc);
        Thread.ofPlatform().daemon().name("soft heap limit").start(limit::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                enforce();
            }
        } catch (InterruptedException _) {
            // Nobody interrupts this thread; if somebody did, they want it to end.
        }
    }

    /** Collects when more is in use than the limit, which then moves to twice of what is really needed. */
    void enforce() {
        if (usedBytes.getAsLong() > limitBytes) {
            collector.run();
            limitBytes = Math.max(LEAST_BYTES, 2 * usedBytes.getAsLong());
        }
    }
}
