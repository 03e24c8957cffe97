package dev.strandline.store.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A master key wrapped by a secret: {@code docs/format.md}, "Key slots". The wrapped bytes are the master key and the
 * suite it is for, so that nobody can switch encryption off behind the key's back.
 *
 * @param kind what the secret is
 * @param salt 32 random bytes of this slot alone
 * @param memoryKib Argon2id's memory, 0 for a key file
 * @param iterations Argon2id's passes, 0 for a key file
 * @param lanes Argon2id's parallelism, 0 for a key file
 */
public record KeySlot(Kind kind, byte[] salt, int memoryKib, int iterations, int lanes, byte[] wrapped) {
    /** What a slot is opened with. */
    public enum Kind {
        PASSPHRASE,
        KEY_FILE
    }

    public static final int SALT_BYTES = 32;

    /** Master key, suite number, tag. */
    public static final int WRAPPED_BYTES = MasterKey.BYTES + 1 + ObjectCipher.TAG_BYTES;

    public KeySlot {
        if (salt.length != SALT_BYTES || wrapped.length != WRAPPED_BYTES) {
            throw new IllegalArgumentException("a key slot's salt or wrapped key has a wrong length");
        }
    }

    static KeySlot wrap(MasterKey master, Secret secret, byte[] salt, Secret.Cost cost) {
        byte[] plain = Arrays.copyOf(master.toBytes(), MasterKey.BYTES + 1);
        plain[MasterKey.BYTES] = (byte) master.suite().number();
        byte[] sealed = cipher(secret.slotKey(salt, cost), secret.kind(), salt, cost, master.repository())
                .seal(SectionKind.KEY, 0, plain, 0, plain.length);
        return new KeySlot(secret.kind(), salt, cost.memoryKib(), cost.iterations(), cost.lanes(), sealed);
    }

    /**
     * The master key.
     *
     * @throws AuthenticationException when the secret is not the one that wrapped it
     */
    public MasterKey unwrap(Secret secret, RepositoryId repository) throws AuthenticationException {
        if (secret.kind() != kind) {
            throw new AuthenticationException("the slot takes another kind of secret");
        }
        var cost = new Secret.Cost(memoryKib, iterations, lanes);
        byte[] plain = cipher(secret.slotKey(salt, cost), kind, salt, cost, repository)
                .open(SectionKind.KEY, 0, wrapped, 0, wrapped.length);
        if (plain[MasterKey.BYTES] != Suite.AES_256_GCM.number()) {
            throw new AuthenticationException("the key is for suite " + plain[MasterKey.BYTES] + ", which is unknown");
        }
        return MasterKey.unwrapped(Arrays.copyOf(plain, MasterKey.BYTES), repository);
    }

    private static ObjectCipher cipher(byte[] key, Kind kind, byte[] salt, Secret.Cost cost, RepositoryId repository) {
        byte[] header = ("strandline v1 key slot " + kind + " " + cost.memoryKib() + " " + cost.iterations() + " "
                        + cost.lanes())
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return ObjectCipher.of(Suite.AES_256_GCM, key, header, repository, salt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeySlot slot && toString().equals(slot.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** Without the secret parts there are none: all of a slot is public. */
    @Override
    public String toString() {
        var hex = HexFormat.of();
        return kind + " " + hex.formatHex(salt) + " " + memoryKib + " " + iterations + " " + lanes + " "
                + hex.formatHex(wrapped);
    }
}
