package dev.strandline.store.crypto;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.chunk.GearTable;
import dev.strandline.core.encoding.Sha256;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The 256 random bits from which all keys of a repository are derived, or, without encryption, a public value in their
 * place, so that there is one way of doing things. Safe for use by several threads.
 */
public final class MasterKey {
    public static final int BYTES = 32;

    private static final byte[] NO_SALT = new byte[32];

    private final byte[] bytes;
    private final RepositoryId repository;
    private final Suite suite;
    private final ThreadLocal<Mac> chunkMac;

    private MasterKey(byte[] bytes, RepositoryId repository, Suite suite) {
        this.bytes = bytes.clone();
        this.repository = repository;
        this.suite = suite;
        byte[] chunkKey = derive("strandline v1 chunk id", BYTES);
        this.chunkMac = ThreadLocal.withInitial(() -> newMac(chunkKey));
    }

    /**
     * Has the JDK set up its cryptography, which takes 50 ms at its first use. Optional: for a thread that would have
     * nothing else to do while a command starts.
     */
    public static void prepare() {
        var nobody = new MasterKey(new byte[BYTES], new RepositoryId("0".repeat(2 * RepositoryId.BYTES)), Suite.NONE);
        var cipher = ObjectCipher.of(Suite.AES_256_GCM, new byte[BYTES], NO_SALT, nobody.repository, NO_SALT);
        try {
            cipher.open(SectionKind.KEY, 0, new byte[BYTES], 0, BYTES);
        } catch (AuthenticationException expected) {
            nobody.chunkId(new byte[1], 0, 1);
        }
    }

    /** A fresh key for a repository that is being created. */
    public static MasterKey generate(RepositoryId repository, RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new MasterKey(bytes, repository, Suite.AES_256_GCM);
    }

    /** The key that a slot held. */
    static MasterKey unwrapped(byte[] bytes, RepositoryId repository) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a master key has " + BYTES + " bytes, not " + bytes.length);
        }
        return new MasterKey(bytes, repository, Suite.AES_256_GCM);
    }

    /** The public stand-in of a repository that is not encrypted. */
    public static MasterKey unencrypted(RepositoryId repository) {
        byte[] digest = Sha256.of(repository.toBytes());
        return new MasterKey(digest, repository, Suite.NONE);
    }

    private static Mac newMac(byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256", KeyDerivation.PROVIDER);
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    private byte[] derive(String purpose, int length) {
        return KeyDerivation.derive(bytes, NO_SALT, purpose, repository.toBytes(), length);
    }

    byte[] toBytes() {
        return bytes.clone();
    }

    public RepositoryId repository() {
        return repository;
    }

    public Suite suite() {
        return suite;
    }

    public GearTable gearTable() {
        return new GearTable(derive("strandline v1 gear table", GearTable.SEED_BYTES));
    }

    /** HMAC-SHA-256 of a chunk's plaintext under the repository's chunk key. */
    public ChunkId chunkId(byte[] data, int offset, int length) {
        var mac = chunkMac.get();
        mac.update(data, offset, length);
        return ChunkId.read(mac.doFinal(), 0);
    }

    /** The cipher of one object, under a key of its own. */
    public ObjectCipher objectCipher(byte[] header, byte[] salt, byte[] objectId) {
        return ObjectCipher.of(
                suite,
                suite == Suite.NONE
                        ? new byte[0]
                        : KeyDerivation.derive(bytes, salt, "strandline v1 object key", repository.toBytes(), BYTES),
                header,
                repository,
                objectId);
    }
}
