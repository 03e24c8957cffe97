package dev.strandline.core.fs;

import org.jspecify.annotations.Nullable;

/**
 * A time stamp of a file: {@code seconds} since 1970 (negative before) plus {@code nanos} in 0..999,999,999.
 */
public record FileTime(long seconds, int nanos) implements Comparable<FileTime> {
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    public FileTime {
        if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw new IllegalArgumentException("nanoseconds out of range: " + nanos);
        }
    }

    // Written out: what a record makes of itself is linked at run time, which every start would pay for.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileTime time && seconds == time.seconds && nanos == time.nanos;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(seconds) + nanos;
    }

    @Override
    public int compareTo(FileTime other) {
        int order = Long.compare(seconds, other.seconds);
        return order != 0 ? order : Integer.compare(nanos, other.nanos);
    }
}
