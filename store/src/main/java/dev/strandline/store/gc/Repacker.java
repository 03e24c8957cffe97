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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies the live chunks of packs to new ones. A frame all of which is live is copied as it is; of another one the live
 * chunks are compressed anew. One use, one thread.
 */
final class Repacker implements AutoCloseable {
    private final SmallObjects objects;
    private final LiveChunks live;
    private final long packTargetBytes;
    private final List<PackListing> written = new ArrayList<>();
    private @Nullable PackWriter pack;

    Repacker(SmallObjects objects, LiveChunks live, long packTargetBytes) {
        this.objects = objects;
        this.live = live;
        this.packTargetBytes = packTargetBytes;
    }

    /** Copies what is live in a pack; durable only after {@link #finish}. */
    void copy(ObjectName name) throws RepositoryException {
        var reader = PackReader.open(objects.backend(), name, objects.key());
        long offset = ObjectHeader.BYTES;
        int frameNumber = 0;
        int chunkNumber = 0;
        for (var frame : reader.contents().contents().frames()) {
            copy(name, reader, frame, frameNumber, chunkNumber, offset);
            offset += frame.sealedLength();
            frameNumber++;
            chunkNumber += frame.chunks().size();
        }
    }

    private void copy(ObjectName name, PackReader reader, FrameEntry frame, int number, int firstChunk, long offset)
            throws RepositoryException {
        int count = 0;
        for (int i = 0; i < frame.chunks().size(); i++) {
            count += live.has(name, firstChunk + i) ? 1 : 0;
        }
        if (count == 0) {
            return;
        }
        if (count == frame.chunks().size()) {
            append(frame, frame.chunks(), reader.payload(number, offset, frame.sealedLength()));
            return;
        }
        if (frame.base().isPresent()) {
            throw new DamageException(name.toString(), "its frame " + number + " is a difference of several chunks");
        }
        byte[] plain = reader.frame(number, offset, frame.sealedLength(), Payload.STANDS_FOR_ITSELF);
        var kept = new ArrayList<PackEntry>();
        var bytes = new ByteArrayOutputStream();
        int position = 0;
        for (int i = 0; i < frame.chunks().size(); i++) {
            var chunk = frame.chunks().get(i);
            if (live.has(name, firstChunk + i)) {
                requireIntact(name, chunk, plain, position);
                kept.add(chunk);
                bytes.write(plain, position, chunk.length());
            }
            position += chunk.length();
        }
        byte[] payload = Payload.encode(bytes.toByteArray(), 0, bytes.size(), Payload.Effort.HIGH);
        append(frame, kept, payload);
    }

    private void requireIntact(ObjectName name, PackEntry chunk, byte[] plain, int position) throws DamageException {
        if (position + chunk.length() > plain.length
                || !objects.key().chunkId(plain, position, chunk.length()).equals(chunk.id())) {
            throw new DamageException(name.toString(), "chunk " + chunk.id() + " is not what was stored");
        }
    }

    private void append(FrameEntry frame, List<PackEntry> chunks, byte[] payload) throws RepositoryException {
        if (pack == null) {
            pack = PackWriter.create(objects.backend(), objects.key(), objects.random(), packTargetBytes);
        }
        pack.append(frame.kind(), frame.base(), chunks, payload);
        if (pack.completes()) {
            finish();
        }
    }

    /** Publishes what was copied so far. */
    void finish() throws RepositoryException {
        if (pack != null) {
            written.add(pack.finish());
            pack.close();
            pack = null;
        }
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
        if (pack != null) {
            pack.close();
            pack = null;
        }
    }
}
