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
        return open(backend, pack, key, backend.read(pack, 0, ObjectHeader.BYTES));
    }

    /** @param start the pack's first bytes, the header at least */
    private static PackReader open(Backend backend, ObjectName pack, MasterKey key, byte[] start)
            throws RepositoryException {
        byte[] header = Arrays.copyOf(start, ObjectHeader.BYTES);
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
        return open(backend, pack, key, start).open(number, offset, start, (int) offset, sealedLength, base);
    }

    /** What a pack holds of which nothing else is wanted, checked as {@link #contents}; of a small pack in a single read. */
    public static PackListing contents(Backend backend, ObjectName pack, MasterKey key) throws RepositoryException {
        long size = size(backend, pack);
        if (size > MAX_SINGLE_READ_BYTES) {
            return open(backend, pack, key).contents(size);
        }
        byte[] whole = backend.read(pack, 0, (int) size);
        return open(backend, pack, key, whole).contents(size, whole);
    }

    /** Reads trailer and footer, and checks that frames and footer make up the whole pack. */
    public PackListing contents() throws RepositoryException {
        return contents(size(backend, pack));
    }

    private PackListing contents(long size) throws RepositoryException {
        int length = (int) Math.min(size, MAX_SINGLE_READ_BYTES);
        return contents(size, backend.read(pack, size - length, length));
    }

    /** @param end the last bytes */
    private PackListing contents(long size, byte[] end) throws RepositoryException {
        try {
            int trailer = end.length - PackTrailer.BYTES;
            int footerLength = PackTrailer.decode(Arrays.copyOfRange(end, trailer, end.length));
            long footerOffset = size - PackTrailer.BYTES - footerLength;
            if (footerOffset < ObjectHeader.BYTES || footerLength > SealedObject.MAX_BYTES) {
                throw new MalformedException("its footer would begin before the pack");
            }
            byte[] footer = footerLength <= trailer
                    ? Arrays.copyOfRange(end, trailer - footerLength, trailer)
                    : backend.read(pack, footerOffset, footerLength);
            byte[] plain = Payload.decode(
                    Payload.unpad(cipher.open(SectionKind.FOOTER, 0, footer, 0, footer.length)),
                    SealedObject.MAX_BYTES);
            var in = new Decoder(plain);
            var contents = PackContents.decode(in);
            in.expectEnd();
            long framesEnd = ObjectHeader.BYTES;
            for (var frame : contents.frames()) {
                framesEnd += frame.sealedLength();
            }
            if (framesEnd != footerOffset) {
                throw new MalformedException(
                        "its frames end at byte " + framesEnd + ", its footer begins at " + footerOffset);
            }
            return new PackListing(pack, size, contents);
        } catch (MalformedException e) {
            throw new DamageException(pack.toString(), String.valueOf(e.getMessage()));
        } catch (AuthenticationException e) {
            throw new DamageException(pack.toString(), "its footer can't be opened: " + e.getMessage());
        }
    }

    private static long size(Backend backend, ObjectName pack) throws RepositoryException {
        long size = backend.size(pack).orElseThrow(() -> new DamageException(pack.toString(), "it is missing"));
        if (size < ObjectHeader.BYTES + ObjectCipher.TAG_BYTES + PackTrailer.BYTES) {
            throw new DamageException(pack.toString(), "it has only " + size + " bytes");
        }
        return size;
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
            throw damaged(pack, number, offset, e);
        }
    }

    /** The plain bytes of a frame whose sealed bytes were read already; {@code offset} is for messages. */
    public byte[] open(int number, long offset, byte[] sealed, int start, int sealedLength, byte[] base)
            throws DamageException {
        return plain(pack, number, offset, payload(number, offset, sealed, start, sealedLength), base);
    }

    /** The plain bytes of a frame whose payload is known already; number and offset are for messages. */
    public static byte[] plain(ObjectName pack, int number, long offset, byte[] payload, byte[] base)
            throws DamageException {
        try {
            return Payload.decode(payload, FrameEntry.MAX_PLAIN_BYTES, base);
        } catch (MalformedException e) {
            throw damaged(pack, number, offset, e);
        }
    }

    private static DamageException damaged(ObjectName pack, int number, long offset, Exception cause) {
        return new DamageException(
                pack.toString(), "its frame " + number + " at byte " + offset + " is damaged: " + cause.getMessage());
    }
}
