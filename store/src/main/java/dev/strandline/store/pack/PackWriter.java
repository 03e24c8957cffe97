package dev.strandline.store.pack;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.StorageException;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.backend.ObjectWriter;
import dev.strandline.store.crypto.AuthenticationException;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.crypto.ObjectCipher;
import dev.strandline.store.crypto.SectionKind;
import dev.strandline.store.format.FrameEntry;
import dev.strandline.store.format.ObjectHeader;
import dev.strandline.store.format.ObjectType;
import dev.strandline.store.format.PackContents;
import dev.strandline.store.format.PackEntry;
import dev.strandline.store.format.PackTrailer;
import dev.strandline.store.format.SegmentFormat.PackListing;
import dev.strandline.store.frame.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Writes one pack: header, frames in the order in which they come, footer, trailer. What was sealed is opened again from
 * the bytes that go to the backend before they go. Guarded by itself.
 */
public final class PackWriter implements AutoCloseable {
    /** A pack is complete once it is at least this large. */
    public static final long TARGET_BYTES = 32L << 20;

    /** Pack sizes are multiples of this many bytes, so that they tell less. */
    static final int SIZE_MULTIPLE = 256;

    private final ObjectName name;
    private final ObjectWriter out;
    private final ObjectCipher cipher;
    private final long targetBytes;
    private final List<FrameEntry> frames = new ArrayList<>();
    private long size;
    private boolean full;

    /** Why nothing more can be written: what is on the disk is not what was counted, and its nonces are used up. */
    private @Nullable StorageException failure;

    private PackWriter(ObjectName name, ObjectWriter out, ObjectCipher cipher, long targetBytes) {
        this.name = name;
        this.out = out;
        this.cipher = cipher;
        this.targetBytes = targetBytes;
    }

    /** @param targetBytes of a complete pack, {@link #TARGET_BYTES} but for tests */
    public static PackWriter create(Backend backend, MasterKey key, RandomGenerator random, long targetBytes)
            throws StorageException {
        byte[] id = new byte[ObjectName.ID_DIGITS / 2];
        random.nextBytes(id);
        var name = ObjectName.of(ObjectKind.PACK, id);
        byte[] header = ObjectHeader.create(ObjectType.PACK, key, random);
        var writer = new PackWriter(name, backend.create(name), ObjectHeader.cipher(header, id, key), targetBytes);
        try {
            writer.append(header);
            return writer;
        } catch (StorageException e) {
            writer.close();
            throw e;
        }
    }

    /**
     * Appends a frame.
     *
     * @param base what the payload is encoded against; absent when it stands for itself
     * @param payload its chunks one after another, as a {@link Payload}
     * @return false when the pack was complete before, so that the frame belongs to the next one
     */
    public synchronized boolean append(ChunkKind kind, Optional<ChunkId> base, List<PackEntry> chunks, byte[] payload)
            throws StorageException {
        requireWhole();
        if (full) {
            return false;
        }
        byte[] sealed = cipher.seal(SectionKind.FRAME, frames.size(), payload, 0, payload.length);
        requireOpens(SectionKind.FRAME, frames.size(), sealed, payload);
        append(sealed);
        frames.add(new FrameEntry(kind, sealed.length, base, chunks));
        return true;
    }

    /**
     * Whether the pack has reached its size; true once only, for the thread that then finishes it, and never when another's
     * frame could not be written meanwhile.
     */
    public synchronized boolean completes() {
        if (full || failure != null || size < targetBytes) {
            return false;
        }
        full = true;
        return true;
    }

    /** Writes footer and trailer, syncs and publishes. The pack survives a power cut when this returns. */
    public synchronized PackListing finish() throws StorageException {
        requireWhole();
        full = true;
        var contents = new PackContents(frames);
        var encoder = new Encoder();
        contents.encode(encoder);
        byte[] padded = Payload.pad(
                Payload.encode(encoder.array(), 0, encoder.size()),
                size + ObjectCipher.TAG_BYTES + PackTrailer.BYTES,
                SIZE_MULTIPLE);
        byte[] footer = cipher.seal(SectionKind.FOOTER, 0, padded, 0, padded.length);
        requireOpens(SectionKind.FOOTER, 0, footer, padded);
        append(footer);
        append(PackTrailer.encode(footer.length));
        out.sync();
        if (!out.publish()) {
            throw new IllegalStateException("a pack of this random id exists already: " + name);
        }
        return new PackListing(name, size, contents);
    }

    /** Bytes written so far. */
    public synchronized long sizeBytes() {
        return size;
    }

    private void requireWhole() throws StorageException {
        if (failure != null) {
            throw failure;
        }
    }

    private void requireOpens(SectionKind kind, long number, byte[] sealed, byte[] plain) {
        try {
            if (!Arrays.equals(plain, cipher.open(kind, number, sealed, 0, sealed.length))) {
                throw new IllegalStateException("a sealed section opens to something else; suspect the memory");
            }
        } catch (AuthenticationException e) {
            throw new IllegalStateException("a sealed section does not open; suspect the memory", e);
        }
    }

    private void append(byte[] bytes) throws StorageException {
        try {
            out.write(bytes, 0, bytes.length);
            size += bytes.length;
        } catch (StorageException e) {
            failure = e;
            throw e;
        }
    }

    /** Drops the pack unless it was finished. */
    @Override
    public synchronized void close() {
        full = true;
        out.close();
    }
}
