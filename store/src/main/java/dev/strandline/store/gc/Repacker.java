package dev.strandline.store.gc;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.catalog.SmallObjects;
import dev.strandline.store.format.FrameEntry;
import dev.strandline.store.format.ObjectHeader;
import dev.strandline.store.format.PackEntry;
import dev.strandline.store.format.SegmentFormat.PackListing;
import dev.strandline.store.frame.Payload;
import dev.strandline.store.pack.PackReader;
import dev.strandline.store.pack.PackWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Copies the live chunks of packs to new ones. A frame all of which is live is copied as it is; of another one the live
 * chunks are compressed anew, by several threads ahead of the one that writes. One use, one thread.
 */
final class Repacker implements AutoCloseable {
    /** Of a pack at a time: finding and opening a file anew for each frame takes longer than copying it. */
    private static final int READ_BYTES = 1 << 20;

    private final SmallObjects objects;
    private final LiveChunks live;
    private final long packTargetBytes;
    private final int maxAhead;
    private final ExecutorService workers;
    private final List<PackListing> written = new ArrayList<>();

    /** What is to be written next, in this order. */
    private final Deque<Future<Copy>> ahead = new ArrayDeque<>();

    private @Nullable PackWriter pack;

    /** What a frame becomes. */
    private record Copy(FrameEntry frame, List<PackEntry> chunks, byte[] payload) {}

    Repacker(SmallObjects objects, LiveChunks live, long packTargetBytes, int workerCount) {
        this.objects = objects;
        this.live = live;
        this.packTargetBytes = packTargetBytes;
        this.maxAhead = 4 * workerCount;
        this.workers = Executors.newFixedThreadPool(
                workerCount, Thread.ofPlatform().daemon().name("repacking-", 0).factory());
    }

    /** Copies what is live in a pack; durable only after {@link #finish}. */
    void copy(ObjectName name) throws RepositoryException {
        var reader = PackReader.open(objects.backend(), name, objects.key());
        var frames = reader.contents().contents().frames();
        long end = ObjectHeader.BYTES
                + frames.stream().mapToLong(FrameEntry::sealedLength).sum();
        byte[] sealed = new byte[0];
        long start = 0;
        long offset = ObjectHeader.BYTES;
        int frameNumber = 0;
        int chunkNumber = 0;
        for (var frame : frames) {
            var kept = kept(name, frame, chunkNumber);
            if (kept.cardinality() > 0) {
                if (offset + frame.sealedLength() > start + sealed.length) {
                    start = offset;
                    long length = Math.max(frame.sealedLength(), Math.min(READ_BYTES, end - offset));
                    sealed = objects.backend().read(name, start, (int) length);
                }
                byte[] payload =
                        reader.payload(frameNumber, offset, sealed, (int) (offset - start), frame.sealedLength());
                int number = frameNumber;
                long at = offset;
                ahead.add(
                        kept.cardinality() == frame.chunks().size()
                                ? CompletableFuture.completedFuture(new Copy(frame, frame.chunks(), payload))
                                : workers.submit(() -> reduce(name, frame, number, at, kept, payload)));
            }
            if (ahead.size() > maxAhead) {
                append(ahead.remove());
            }
            offset += frame.sealedLength();
            frameNumber++;
            chunkNumber += frame.chunks().size();
        }
    }

    /** Which of a frame's chunks are live, from 0. */
    private BitSet kept(ObjectName name, FrameEntry frame, int firstChunk) {
        var kept = new BitSet();
        for (int i = 0; i < frame.chunks().size(); i++) {
            kept.set(i, live.has(name, firstChunk + i));
        }
        return kept;
    }

    /** A frame of some of another one's chunks. */
    private Copy reduce(ObjectName name, FrameEntry frame, int number, long offset, BitSet kept, byte[] payload)
            throws DamageException {
        if (frame.base().isPresent()) {
            throw new DamageException(name.toString(), "its frame " + number + " is a difference of several chunks");
        }
        byte[] plain = PackReader.plain(name, number, offset, payload, Payload.STANDS_FOR_ITSELF);
        var chunks = new ArrayList<PackEntry>();
        var bytes = new ByteArrayOutputStream();
        int position = 0;
        for (int i = 0; i < frame.chunks().size(); i++) {
            var chunk = frame.chunks().get(i);
            if (kept.get(i)) {
                requireIntact(name, chunk, plain, position);
                chunks.add(chunk);
                bytes.write(plain, position, chunk.length());
            }
            position += chunk.length();
        }
        return new Copy(frame, chunks, Payload.encode(bytes.toByteArray(), 0, bytes.size(), Payload.Effort.HIGH));
    }

    private void requireIntact(ObjectName name, PackEntry chunk, byte[] plain, int position) throws DamageException {
        if (position + chunk.length() > plain.length
                || !objects.key().chunkId(plain, position, chunk.length()).equals(chunk.id())) {
            throw new DamageException(name.toString(), "chunk " + chunk.id() + " is not what was stored");
        }
    }

    private void append(Future<Copy> coming) throws RepositoryException {
        var copy = await(coming);
        if (pack == null) {
            pack = PackWriter.create(objects.backend(), objects.key(), objects.random(), packTargetBytes);
        }
        pack.append(copy.frame.kind(), copy.frame.base(), copy.chunks, copy.payload);
        if (pack.completes()) {
            publish(pack);
        }
    }

    private static Copy await(Future<Copy> coming) throws RepositoryException {
        try {
            return coming.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RepositoryException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException("a frame can't be compressed anew", e.getCause());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while packs were copied");
        }
    }

    /** Publishes what was copied so far. */
    void finish() throws RepositoryException {
        while (!ahead.isEmpty()) {
            append(ahead.remove());
        }
        if (pack != null) {
            publish(pack);
        }
    }

    private void publish(PackWriter full) throws RepositoryException {
        written.add(full.finish());
        full.close();
        pack = null;
    }

    /** The packs that were published. */
    List<PackListing> written() {
        return List.copyOf(written);
    }

    static List<ChunkId> chunks(PackListing listing) {
        var ids = new ArrayList<ChunkId>();
        for (var frame : listing.contents().frames()) {
            frame.chunks().forEach(chunk -> ids.add(chunk.id()));
        }
        return ids;
    }

    @Override
    public void close() {
        workers.shutdownNow();
        if (pack != null) {
            pack.close();
            pack = null;
        }
    }
}
