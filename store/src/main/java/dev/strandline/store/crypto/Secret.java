package dev.strandline.store.crypto;

import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** What a person or a machine holds to open a repository. */
public sealed interface Secret {
    /**
     * How dear a guess is.
     *
     * @param memoryKib memory that each guess takes
     * @param iterations passes over it
     * @param lanes parallelism
     */
    record Cost(int memoryKib, int iterations, int lanes) {
        /** RFC 9106, section 4, second recommended option, with one lane: 64 MiB, 3 passes. */
        public static final Cost RECOMMENDED = new Cost(64 << 10, 3, 1);

        /** A key file holds 256 random bits: guessing it needs no slowing down. */
        public static final Cost NONE = new Cost(0, 0, 0);
    }

    /** Something to remember. {@code utf8} is taken as it is. */
    record Passphrase(byte[] utf8) implements Secret {
        @Override
        public KeySlot.Kind kind() {
            return KeySlot.Kind.PASSPHRASE;
        }

        /** Argon2id, RFC 9106. */
        @Override
        public byte[] slotKey(byte[] salt, Cost cost) {
            var generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withSalt(salt)
                    .withMemoryAsKB(cost.memoryKib)
                    .withIterations(cost.iterations)
                    .withParallelism(cost.lanes)
                    .build());
            byte[] key = new byte[MasterKey.BYTES];
            generator.generateBytes(utf8, key);
            return key;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Passphrase(byte[] those) && java.util.Arrays.equals(utf8, those);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(utf8);
        }

        @Override
        public String toString() {
            return "a passphrase";
        }
    }

    /** The 32 random bytes of a key file. */
    record KeyFile(byte[] bytes) implements Secret {
        public static final int BYTES = 32;

        public KeyFile {
            if (bytes.length != BYTES) {
                throw new IllegalArgumentException("a key file holds " + BYTES + " bytes, not " + bytes.length);
            }
        }

        @Override
        public KeySlot.Kind kind() {
            return KeySlot.Kind.KEY_FILE;
        }

        @Override
        public byte[] slotKey(byte[] salt, Cost cost) {
            return KeyDerivation.derive(bytes, salt, "strandline v1 key file", new byte[0], MasterKey.BYTES);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof KeyFile(byte[] those) && java.util.Arrays.equals(bytes, those);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "a key file";
        }
    }

    KeySlot.Kind kind();

    /** The key that wraps the master key in a slot of this salt. Slow for a passphrase, by intention. */
    byte[] slotKey(byte[] salt, Cost cost);

    /**
     * A new slot that this secret opens.
     *
     * @param cost of a guess at a passphrase; a key file's slot has none, whatever is said here
     */
    default KeySlot wrap(MasterKey master, Cost cost, RandomGenerator random) {
        byte[] salt = new byte[KeySlot.SALT_BYTES];
        random.nextBytes(salt);
        var due = switch (kind()) {
            case PASSPHRASE -> cost;
            case KEY_FILE -> Cost.NONE;
        };
        return KeySlot.wrap(master, this, salt, due);
    }
}
