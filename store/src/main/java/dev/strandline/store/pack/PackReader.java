package dev.strandline.store.pack;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.crypto.AuthenticationException;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.crypto.ObjectCipher;
import dev.strandline.store.crypto.SectionKind;
import dev.strandline.store.format.FrameEntry;
import dev.strandline.store.format.ObjectHeader;
import dev.strandline.store.format.ObjectType;
import dev.strandline.store.format.PackContents;
import dev.strandline.store.format.PackTrailer;
import dev.strandline.store.format.SealedObject;
import dev.strandline.store.format.SegmentFormat.PackListing;
import dev.strandline.store.frame.Payload;
import java.util.Arrays;

/** Reads one pack. Not safe for use by several threads. */
public final class PackReader {
    /** A second read of a file takes longer than reading so many bytes more. */
    private static final int MAX_SINGLE_READ_BYTES = 64 << 10;

    private final Backend backend;
    private final ObjectName pack;
    private final ObjectCipher cipher;

    private PackReader(Backend backend, ObjectName pack, ObjectCipher cipher) {
        this.backend = backend;
        this.pack = pack;
        this.cipher = cipher;
    }

    /** Reads the header. */
    public static PackReader open(Backend backend, ObjectName pack, MasterKey key) throws RepositoryException {
        byte[] header = backend.read(pack, 0, ObjectHeader.BYTES);
        return new PackReader(backend, pack, ObjectHeader.read(pack, ObjectType.PACK, header, key));
    }

    /**
     * The plain bytes of one frame of a pack of which nothing else is wanted; of a small pack in a single read.
     *
     * @param number of the frame in the pack, from 0
     * @param base what it is encoded against; empty when it stands for itself
     */
    public static byte[] frame(
            Backend backend, ObjectName pack, MasterKey key, int number, long offset, int sealedLength, byte[] base)
            throws RepositoryException {
        long end = offset + sealedLength;
        if (end > MAX_SINGLE_READ_BYTES) {
            return open(backend, pack, key).frame(number, offset, sealedLength, base);
        }
        byte[] start = backend.read(pack, 0, (int) end);
        byte[] header = Arrays.copyOf(start, ObjectHeader.BYTES);
        return new PackReader(backend, pack, ObjectHeader.read(pack, ObjectType.PACK, header, key))
                .open(number, offset, start, (int) offset, sealedLength, base);
    }

    /** Reads trailer and footer, and checks that frames and footer make up the whole pack. */
    public PackListing contents() throws RepositoryException {
        long size = backend.size(pack).orElseThrow(() -> new DamageException(pack.toString(), "it is missing"));
        if (size < ObjectHeader.BYTES + ObjectCipher.TAG_BYTES + PackTrailer.BYTES) {
            throw new DamageException(pack.toString(), "it has only " + size + " bytes");
        }
        try {
            int footerLength = PackTrailer.decode(backend.read(pack, size - PackTrailer.BYTES, PackTrailer.BYTES));
            long footerOffset = size - PackTrailer.BYTES - footerLength;
            if (footerOffset < ObjectHeader.BYTES || footerLength > SealedObject.MAX_BYTES) {
                throw new MalformedException("its footer would begin before the pack");
            }
            byte[] footer = backend.read(pack, footerOffset, footerLength);
            byte[] plain = Payload.decode(
                    Payload.unpad(cipher.open(SectionKind.FOOTER, 0, footer, 0, footer.length)),
                    SealedObject.MAX_BYTES);
            var in = new Decoder(plain);
            var contents = PackContents.decode(in);
            in.expectEnd();
            long end = ObjectHeader.BYTES;
            for (var frame : contents.frames()) {
                end += frame.sealedLength();
            }
            if (end != footerOffset) {
                throw new MalformedException(
                        "its frames end at byte " + end + ", its footer begins at " + footerOffset);
            }
            return new PackListing(pack, size, contents);
        } catch (MalformedException e) {
            throw new DamageException(pack.toString(), String.valueOf(e.getMessage()));
        } catch (AuthenticationException e) {
            throw new DamageException(pack.toString(), "its footer can't be opened: " + e.getMessage());
        }
    }

    /**
     * The plain bytes of a frame.
     *
     * @param number of the frame in the pack, from 0
     * @param base what it is encoded against; empty when it stands for itself
     */
    public byte[] frame(int number, long offset, int sealedLength, byte[] base) throws RepositoryException {
        return open(number, offset, backend.read(pack, offset, sealedLength), 0, sealedLength, base);
    }

    /**
     * The payload of a frame, as it was sealed, of sealed bytes that were read already; that it opens says that it is what was
     * written.
     *
     * @param offset for messages
     */
    public byte[] payload(int number, long offset, byte[] sealed, int start, int sealedLength) throws DamageException {
        try {
            return cipher.open(SectionKind.FRAME, number, sealed, start, sealedLength);
        } catch (AuthenticationException e) {
            throw new DamageException(
                    pack.toString(), "its frame " + number + " at byte " + offset + " is damaged: " + e.getMessage());
        }
    }

    /** The plain bytes of a frame whose sealed bytes were read already; {@code offset} is for messages. */
    public byte[] open(int number, long offset, byte[] sealed, int start, int sealedLength, byte[] base)
            throws DamageException {
        try {
            return Payload.decode(
                    cipher.open(SectionKind.FRAME, number, sealed, start, sealedLength),
                    FrameEntry.MAX_PLAIN_BYTES,
                    base);
        } catch (AuthenticationException | MalformedException e) {
            throw new DamageException(
                    pack.toString(), "its frame " + number + " at byte " + offset + " is damaged: " + e.getMessage());
        }
    }
}
