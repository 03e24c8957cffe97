package dev.strandline.core.capture;

import java.util.concurrent.atomic.LongAdder;

/** Counters that a display samples while a capture runs. Safe for use by several threads. */
public final class CaptureProgress {
    private final LongAdder entries = new LongAdder();
    private final LongAdder files = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder bytesToRead = new LongAdder();

    void entryFound() {
        entries.increment();
    }

    void fileToRead(long size) {
        bytesToRead.add(size);
    }

    void fileDone() {
        files.increment();
    }

    void bytesDone(long count) {
        bytes.add(count);
    }

    /** Entries of all types that the walk has met. */
    public long entries() {
        return entries.sum();
    }

    /** Regular files that are captured. */
    public long files() {
        return files.sum();
    }

    /** Logical bytes of these. */
    public long bytes() {
        return bytes.sum();
    }

    /** Logical bytes of the files that had to be read so far, or still have to be. */
    public long bytesToRead() {
        return bytesToRead.sum();
    }
}
