package dev.strandline.store.crypto;

import dev.strandline.core.encoding.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens the sections of one object. Each object has a key of its own and each section a number, which is its
 * nonce, so a (key, nonce) pair is used once: a writer never seals two plaintexts as the same section. The additional
 * data binds the object's header, the repository, the object's id, the section's kind and number and its length, so
 * sealed bytes open at no other place (AES-GCM: NIST SP 800-38D). Not safe for use by several threads.
 */
public final class ObjectCipher {
    /** What sealing adds, in bytes. */
    public static final int TAG_BYTES = 16;

    /** Small enough that the loop is called often and compiled early: 20 times faster in the first second of a process. */
    private static final int SLICE_BYTES = 8 << 10;

    private static final int NONCE_BYTES = 12;

    private final Suite suite;
    private final SecretKeySpec key;
    private final byte[] context;
    private final Cipher cipher;

    private ObjectCipher(Suite suite, SecretKeySpec key, byte[] context, Cipher cipher) {
        this.suite = suite;
        this.key = key;
        this.context = context;
        this.cipher = cipher;
    }

    static ObjectCipher of(Suite suite, byte[] key, byte[] header, RepositoryId repository, byte[] objectId) {
        byte[] context = new byte[header.length + RepositoryId.BYTES + objectId.length];
        System.arraycopy(header, 0, context, 0, header.length);
        System.arraycopy(repository.toBytes(), 0, context, header.length, RepositoryId.BYTES);
        System.arraycopy(objectId, 0, context, header.length + RepositoryId.BYTES, objectId.length);
        try {
            return new ObjectCipher(
                    suite,
                    new SecretKeySpec(suite == Suite.NONE ? new byte[MasterKey.BYTES] : key, "AES"),
                    context,
                    Cipher.getInstance("AES/GCM/NoPadding", KeyDerivation.PROVIDER));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }

    /** The {@code length} bytes at {@code offset}, sealed: as many and {@link #TAG_BYTES} more. */
    public byte[] seal(SectionKind kind, long number, byte[] plain, int offset, int length) {
        byte[] sealed = new byte[length + TAG_BYTES];
        byte[] additional = additionalData(kind, number, length);
        if (suite == Suite.NONE) {
            System.arraycopy(plain, offset, sealed, 0, length);
            System.arraycopy(checksum(additional, plain, offset, length), 0, sealed, length, TAG_BYTES);
            return sealed;
        }
        NonceLedger.record(key.getEncoded(), kind, number);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce(kind, number));
            cipher.updateAAD(additional);
            int done = 0;
            int written = 0;
            while (length - done > SLICE_BYTES) {
                written += cipher.update(plain, offset + done, SLICE_BYTES, sealed, written);
                done += SLICE_BYTES;
            }
            cipher.doFinal(plain, offset + done, length - done, sealed, written);
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("sealing does not fail", impossible);
        }
    }

    /**
     * What was sealed as this section.
     *
     * @throws AuthenticationException when it wasn't
     */
    public byte[] open(SectionKind kind, long number, byte[] sealed, int offset, int length)
            throws AuthenticationException {
        int plainLength = length - TAG_BYTES;
        if (plainLength < 0) {
            throw new AuthenticationException("it is too short to be sealed");
        }
        byte[] additional = additionalData(kind, number, plainLength);
        if (suite == Suite.NONE) {
            byte[] expected = checksum(additional, sealed, offset, plainLength);
            if (!Arrays.equals(expected, 0, TAG_BYTES, sealed, offset + plainLength, offset + length)) {
                throw new AuthenticationException("its checksum is wrong");
            }
            return Arrays.copyOfRange(sealed, offset, offset + plainLength);
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonce(kind, number));
            cipher.updateAAD(additional);
            return cipher.doFinal(sealed, offset, length);
        } catch (AEADBadTagException _) {
            throw new AuthenticationException("it is not what was sealed");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("opening fails with a bad tag only", impossible);
        }
    }

    private static GCMParameterSpec nonce(SectionKind kind, long number) {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(kind.number())
                .putLong(number)
                .array();
        return new GCMParameterSpec(8 * TAG_BYTES, nonce);
    }

    private byte[] additionalData(SectionKind kind, long number, int plainLength) {
        return ByteBuffer.allocate(context.length + 1 + Long.BYTES + Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(context)
                .put((byte) kind.number())
                .putLong(number)
                .putLong(plainLength)
                .array();
    }

    private static byte[] checksum(byte[] additional, byte[] data, int offset, int length) {
        var digest = Sha256.create();
        digest.update(additional);
        digest.update(data, offset, length);
        return digest.digest();
    }
}
