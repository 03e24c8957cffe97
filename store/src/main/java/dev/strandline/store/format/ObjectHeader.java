package dev.strandline.store.format;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.repository.DamageException;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.crypto.ObjectCipher;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The first {@value #BYTES} bytes of every binary object: magic {@code STRD}, type, format version, suite, a zero byte,
 * and 32 random bytes of salt for the object's own key. {@code docs/format.md}, "Objects".
 */
public final class ObjectHeader {
    public static final int BYTES = 40;

    /** The version this code writes, and the newest it reads. */
    public static final int VERSION = 1;

    private static final byte[] MAGIC = {'S', 'T', 'R', 'D'};
    private static final int SALT_OFFSET = 8;

    private ObjectHeader() {}

    /** A header for a new object. */
    public static byte[] create(ObjectType type, MasterKey key, RandomGenerator random) {
        byte[] salt = new byte[BYTES - SALT_OFFSET];
        random.nextBytes(salt);
        return new Encoder()
                .bytes(MAGIC)
                .unsigned8(type.number())
                .unsigned8(VERSION)
                .unsigned8(key.suite().number())
                .unsigned8(0)
                .bytes(salt)
                .toBytes();
    }

    /** Whether an object says that it is of a type; nothing else of it is looked at. */
    public static boolean isOf(ObjectType type, byte[] object) {
        return object.length > MAGIC.length && object[MAGIC.length] == type.number();
    }

    /**
     * The cipher of the object with this header.
     *
     * @throws DamageException when it is not the header of an object of this type and of a version that is known. Whether
     *     a repository needs a newer program is for its configuration to say: here a single bit could, and only what is in
     *     the object may be lost to that.
     */
    public static ObjectCipher read(ObjectName name, ObjectType type, byte[] header, MasterKey key)
            throws DamageException {
        try {
            var in = new Decoder(header, 0, Math.min(BYTES, header.length));
            if (!Arrays.equals(in.bytes(MAGIC.length), MAGIC)) {
                throw new DamageException(name.toString(), "it does not begin like an object of Strandline");
            }
            int typeNumber = in.unsigned8();
            int version = in.unsigned8();
            int suite = in.unsigned8();
            int reserved = in.unsigned8();
            in.bytes(BYTES - SALT_OFFSET);
            if (typeNumber != type.number()) {
                throw new DamageException(name.toString(), "it is an object of type " + typeNumber);
            }
            if (version > VERSION) {
                throw new DamageException(
                        name.toString(),
                        "its header says format version " + version + ", and this program knows versions up to "
                                + VERSION + ": it is damaged, or a newer Strandline wrote it");
            }
            if (version == 0 || reserved != 0 || suite != key.suite().number()) {
                throw new DamageException(
                        name.toString(), "its header is wrong: version " + version + ", suite " + suite);
            }
        } catch (MalformedException malformed) {
            throw new DamageException(name.toString(), "its header is cut off: " + malformed.getMessage());
        }
        return cipher(header, name.idBytes(), key);
    }

    /** The cipher of the object with this header and id. */
    public static ObjectCipher cipher(byte[] header, byte[] objectId, MasterKey key) {
        return key.objectCipher(Arrays.copyOf(header, BYTES), Arrays.copyOfRange(header, SALT_OFFSET, BYTES), objectId);
    }
}
