package dev.strandline.store.format;

import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.repository.DamageException;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.crypto.AuthenticationException;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.crypto.ObjectCipher;
import dev.strandline.store.crypto.SectionKind;
import dev.strandline.store.frame.Payload;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A small object: header and one sealed, padded payload. Index segments and snapshot records are such.
 * {@code docs/format.md}, "Small objects".
 */
public final class SealedObject {
    /** No small object is larger, so that a reader's memory is bounded: a segment lists about a million chunks. */
    public static final int MAX_BYTES = 64 << 20;

    /** Sizes are multiples of this many bytes. */
    static final int SIZE_MULTIPLE = 64;

    private SealedObject() {}

    /** The object's bytes. What was sealed is opened again and compared before this returns. */
    public static byte[] encode(ObjectName name, ObjectType type, byte[] plain, MasterKey key, RandomGenerator random) {
        byte[] header = ObjectHeader.create(type, key, random);
        byte[] padded = Payload.pad(
                Payload.encode(plain, 0, plain.length), ObjectHeader.BYTES + ObjectCipher.TAG_BYTES, SIZE_MULTIPLE);
        byte[] sealed =
                ObjectHeader.cipher(header, name.idBytes(), key).seal(SectionKind.BODY, 0, padded, 0, padded.length);
        byte[] object = Arrays.copyOf(header, header.length + sealed.length);
        System.arraycopy(sealed, 0, object, header.length, sealed.length);
        try {
            if (!Arrays.equals(plain, decode(name, type, object, key))) {
                throw new IllegalStateException(name + " does not read back as it was written");
            }
        } catch (DamageException broken) {
            throw new IllegalStateException(name + " does not read back as it was written", broken);
        }
        return object;
    }

    /** The plain bytes of the object called {@code name}. */
    public static byte[] decode(ObjectName name, ObjectType type, byte[] object, MasterKey key) throws DamageException {
        var cipher = ObjectHeader.read(name, type, object, key);
        try {
            byte[] padded =
                    cipher.open(SectionKind.BODY, 0, object, ObjectHeader.BYTES, object.length - ObjectHeader.BYTES);
            return Payload.decode(Payload.unpad(padded), MAX_BYTES);
        } catch (AuthenticationException | MalformedException e) {
            throw new DamageException(name.toString(), String.valueOf(e.getMessage()));
        }
    }
}
