package dev.strandline.core.capture;

import dev.strandline.core.encoding.Sum;
import java.util.concurrent.atomic.AtomicLong;

/** Counters that a display samples while a capture runs. Safe for use by several threads. */
public final class CaptureProgress {
    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong bytesToRead = new AtomicLong();

    void entryFound() {
        long _ = entries.incrementAndGet();
    }

    void fileToRead(long size) {
        long _ = bytesToRead.accumulateAndGet(size, Sum::saturated);
    }

    void fileDone() {
        long _ = files.incrementAndGet();
    }

    void bytesDone(long count) {
        long _ = bytes.accumulateAndGet(count, Sum::saturated);
    }

    /** Entries of all types that the walk has met. */
    public long entries() {
        return entries.get();
    }

    /** Regular files that are captured. */
    public long files() {
        return files.get();
    }

    /** Logical bytes of these. */
    public long bytes() {
        return bytes.get();
    }

    /** Logical bytes of the files that had to be read so far, or still have to be. */
    public long bytesToRead() {
        return bytesToRead.get();
    }
}
