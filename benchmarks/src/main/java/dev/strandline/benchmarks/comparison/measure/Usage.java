package dev.strandline.benchmarks.comparison.measure;

import java.time.Duration;

/**
 * What one run of a command took.
 *
 * @param wall from the start of the process to its end
 * @param processor user and system time together
 * @param peakBytes the most that was resident, of the largest process
 */
public record Usage(Duration wall, Duration processor, long peakBytes) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Of this run and one after it, as one. */
    public Usage plus(Usage next) {
        return new Usage(wall.plus(next.wall), processor.plus(next.processor), Math.max(peakBytes, next.peakBytes));
    }

    public double wallSeconds() {
        return wall.toNanos() / NANOS_PER_SECOND;
    }

    public double processorSeconds() {
        return processor.toNanos() / NANOS_PER_SECOND;
    }
}
