package dev.strandline.store.repository;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.work.WorkerPool;
import dev.strandline.store.catalog.SmallObjects;
import dev.strandline.store.format.PackEntry;
import dev.strandline.store.format.SegmentFormat.PackListing;
import dev.strandline.store.frame.Payload;
import dev.strandline.store.pack.PackWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compresses frames and puts them into packs, one pack after another. Safe for use by several threads. When frames come from
 * one thread only, as those of a large file do, another compresses while it reads on.
 */
final class FrameWriter implements AutoCloseable {
    /** Plain bytes from which on a frame is worth a copy of it and another thread. */
    private static final int MIN_HANDED_OVER_BYTES = 256 << 10;

    /**
     * So many frames in a row come from one thread until it counts as the only one. Where several read, they overlap each
     * other, and one more thread would only be in their way.
     */
    static final int ALONE_AFTER = 4;

    private final SmallObjects objects;
    private final long packTargetBytes;
    private final Receiver receiver;
    private final WorkerPool<Object> thread = new WorkerPool<>("frames", 1, Object::new);
    private @Nullable PackWriter pack; // guarded by this
    private @Nullable Thread latest; // guarded by this
    private int inARow; // guarded by this
    private boolean closed; // guarded by this

    /** Takes a pack that is published and survives a power cut. */
    interface Receiver {
        void accept(PackListing pack) throws RepositoryException;
    }

    FrameWriter(SmallObjects objects, long packTargetBytes, Receiver receiver) {
        this.objects = objects;
        this.packTargetBytes = packTargetBytes;
        this.receiver = receiver;
    }

    /**
     * Writes a frame of chunks that stand for themselves, now or, for a thread that writes alone, soon. A failure that comes
     * later reaches who writes the next ones, or {@link #flush}.
     *
     * @param plain the chunks one after another; the caller's again after the call
     */
    void write(ChunkKind kind, List<PackEntry> chunks, byte[] plain, int length, Payload.Effort effort)
            throws RepositoryException {
        if (isAlone() && length >= MIN_HANDED_OVER_BYTES && !thread.isBusy()) {
            byte[] copy = Arrays.copyOf(plain, length);
            if (thread.offer(_ -> compress(kind, chunks, copy, length, effort))) {
                return;
            }
        }
        compress(kind, chunks, plain, length, effort);
    }

    /** Whether none but the calling thread has written lately. */
    private synchronized boolean isAlone() {
        var current = Thread.currentThread();
        inARow = current.equals(latest) ? inARow + 1 : 0;
        latest = current;
        return inARow >= ALONE_AFTER;
    }

    private void compress(ChunkKind kind, List<PackEntry> chunks, byte[] plain, int length, Payload.Effort effort)
            throws RepositoryException {
        byte[] payload = Payload.encode(plain, 0, length, effort);
        requireReadsBack(payload, chunks, length, Payload.STANDS_FOR_ITSELF);
        append(kind, Optional.empty(), chunks, payload);
    }

    /** Writes a frame of one chunk, encoded against another. */
    void writeDifference(ChunkKind kind, PackEntry chunk, byte[] difference, ChunkId base, byte[] basePlain)
            throws RepositoryException {
        var chunks = List.of(chunk);
        requireReadsBack(difference, chunks, chunk.length(), basePlain);
        append(kind, Optional.of(base), chunks, difference);
    }

    /** Every chunk is hashed again from what will be stored, so that bad memory can't make a bad backup quietly. */
    private void requireReadsBack(byte[] payload, List<PackEntry> chunks, int length, byte[] base) {
        try {
            byte[] plain = Payload.decode(payload, length, base);
            int offset = 0;
            for (var chunk : chunks) {
                if (!objects.key().chunkId(plain, offset, chunk.length()).equals(chunk.id())) {
                    throw new IllegalStateException("a chunk changed between hashing and storing; suspect the memory");
                }
                offset += chunk.length();
            }
        } catch (MalformedException e) {
            throw new IllegalStateException("a frame does not decompress; suspect the memory", e);
        }
    }

    private void append(ChunkKind kind, Optional<ChunkId> base, List<PackEntry> chunks, byte[] payload)
            throws RepositoryException {
        while (true) {
            var current = currentPack();
            if (current.append(kind, base, chunks, payload)) {
                if (current.completes()) {
                    finish(current);
                }
                return;
            }
        }
    }

    private synchronized PackWriter currentPack() throws RepositoryException {
        if (closed) {
            throw new IllegalStateException("the session has ended");
        }
        if (pack == null) {
            pack = PackWriter.create(objects.backend(), objects.key(), objects.random(), packTargetBytes);
        }
        return pack;
    }

    private void finish(PackWriter full) throws RepositoryException {
        synchronized (this) {
            if (pack == full) {
                pack = null;
            }
        }
        PackListing listing;
        try (full) {
            listing = full.finish();
        }
        receiver.accept(listing);
    }

    /** Waits for frames that were handed over, and publishes the pack that has begun. No frame may be written meanwhile. */
    void flush() throws RepositoryException {
        try {
            thread.awaitAll();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while frames were written");
        }
        PackWriter last;
        synchronized (this) {
            last = pack;
        }
        if (last != null) {
            finish(last);
        }
    }

    /** Whether everything that was written is published. */
    synchronized boolean isFlushed() {
        return pack == null && !thread.isBusy();
    }

    /** Drops the pack that has begun; the frame that is being written is ended before. */
    @Override
    public void close() {
        thread.close();
        synchronized (this) {
            closed = true;
            if (pack != null) {
                pack.close();
                pack = null;
            }
        }
    }
}
