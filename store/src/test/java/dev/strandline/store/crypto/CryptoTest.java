package dev.strandline.store.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.Test;

class CryptoTest {
    private static final RepositoryId REPOSITORY = new RepositoryId("0123456789abcdef0123456789abcdef");
    private static final Secret.Cost CHEAP = new Secret.Cost(64, 1, 1);

    private static MasterKey master(long seed) {
        return MasterKey.generate(REPOSITORY, new Random(seed));
    }

    private static ObjectCipher cipher(MasterKey key, int objectId) {
        byte[] id = new byte[32];
        id[0] = (byte) objectId;
        byte[] salt = new byte[32];
        Arrays.fill(salt, (byte) (objectId + 77));
        return key.objectCipher(new byte[40], salt, id);
    }

    @Test
    void seal_sameSectionTwice_isNoticedByTheLedger() {
        var cipher = cipher(master(1), 1);
        cipher.seal(SectionKind.FRAME, 0, new byte[10], 0, 10);
        cipher.seal(SectionKind.FRAME, 1, new byte[10], 0, 10);
        cipher.seal(SectionKind.FOOTER, 0, new byte[10], 0, 10);
        assertThatThrownBy(() -> cipher.seal(SectionKind.FRAME, 0, new byte[10], 0, 10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void open_whatWasSealed_atAnyLength() throws Exception {
        for (int length : new int[] {0, 1, 15, 8191, 8192, 8193, 100_000}) {
            for (var key : new MasterKey[] {master(100L + length), MasterKey.unencrypted(REPOSITORY)}) {
                byte[] plain = new byte[length + 6];
                new Random(length).nextBytes(plain);
                var cipher = cipher(key, 2);
                byte[] sealed = cipher.seal(SectionKind.FRAME, 0, plain, 3, length);
                assertThat(sealed).hasSize(length + ObjectCipher.TAG_BYTES);
                assertThat(cipher.open(SectionKind.FRAME, 0, sealed, 0, sealed.length))
                        .isEqualTo(Arrays.copyOfRange(plain, 3, 3 + length));
            }
        }
    }

    @Test
    void open_anywhereElse_isRefused() {
        for (var key : new MasterKey[] {master(2), MasterKey.unencrypted(REPOSITORY)}) {
            byte[] sealed = cipher(key, 3).seal(SectionKind.FRAME, 5, new byte[100], 0, 100);
            refused(cipher(key, 3), SectionKind.FRAME, 6, sealed);
            refused(cipher(key, 3), SectionKind.FOOTER, 5, sealed);
            refused(cipher(key, 4), SectionKind.FRAME, 5, sealed);
            refused(cipher(master(3), 3), SectionKind.FRAME, 5, sealed);
            refused(cipher(key, 3), SectionKind.FRAME, 5, Arrays.copyOf(sealed, sealed.length - 1));
            refused(cipher(key, 3), SectionKind.FRAME, 5, new byte[3]);
            for (int i = 0; i < sealed.length; i++) {
                byte[] flipped = sealed.clone();
                flipped[i] ^= 1;
                refused(cipher(key, 3), SectionKind.FRAME, 5, flipped);
            }
        }
    }

    private static void refused(ObjectCipher cipher, SectionKind kind, long number, byte[] sealed) {
        assertThatThrownBy(() -> cipher.open(kind, number, sealed, 0, sealed.length))
                .isInstanceOf(AuthenticationException.class);
    }

    @Test
    void keySlot_opensWithItsSecretAlone() throws Exception {
        var master = master(4);
        var secret = new Secret.Passphrase("correct horse".getBytes(StandardCharsets.UTF_8));
        var slot = secret.wrap(master, CHEAP, new Random(5));
        assertThat(slot.unwrap(secret, REPOSITORY).toBytes()).isEqualTo(master.toBytes());
        var wrong = new Secret.Passphrase("correct horsf".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> slot.unwrap(wrong, REPOSITORY)).isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> slot.unwrap(new Secret.KeyFile(new byte[32]), REPOSITORY))
                .isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> slot.unwrap(secret, new RepositoryId("f".repeat(32))))
                .isInstanceOf(AuthenticationException.class);
    }

    @Test
    void keySlot_cheaperThanItWasMade_doesNotOpen() {
        var secret = new Secret.Passphrase(new byte[] {1, 2, 3});
        var slot = secret.wrap(master(6), new Secret.Cost(128, 2, 1), new Random(7));
        var cheaper = new KeySlot(slot.kind(), slot.salt(), 64, 1, 1, slot.wrapped());
        assertThatThrownBy(() -> cheaper.unwrap(secret, REPOSITORY)).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void derive_knownAnswer_asBouncyCastleHasIt() {
        // RFC 5869's own vectors have an info that isn't "text, zero, context", so the reference is another library.
        byte[] keyMaterial = new byte[22];
        Arrays.fill(keyMaterial, (byte) 0x0b);
        byte[] salt = HexFormat.of().parseHex("000102030405060708090a0b0c");
        var reference = new HKDFBytesGenerator(new SHA256Digest());
        reference.init(new HKDFParameters(keyMaterial, salt, new byte[] {'a', 0, 7}));
        byte[] expected = new byte[42];
        reference.generateBytes(expected, 0, expected.length);
        assertThat(KeyDerivation.derive(keyMaterial, salt, "a", new byte[] {7}, 42))
                .isEqualTo(expected);
    }

    @Test
    void argon2_knownAnswer_ofRfc9106ByTheLibraryAndOfTheSecretByTheLibrary() {
        // RFC 9106, section 5.3. A passphrase uses neither secret nor additional data, so this is for the library.
        assertThat(argon2(
                        filled(32, 1),
                        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                                .withSalt(filled(16, 2))
                                .withSecret(filled(8, 3))
                                .withAdditional(filled(12, 4)),
                        32,
                        3,
                        4))
                .isEqualTo(HexFormat.of().parseHex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
        assertThat(new Secret.Passphrase(filled(9, 5)).slotKey(filled(32, 6), new Secret.Cost(256, 2, 2)))
                .isEqualTo(argon2(
                        filled(9, 5),
                        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withSalt(filled(32, 6)),
                        256,
                        2,
                        2));
    }

    private static byte[] argon2(byte[] password, Argon2Parameters.Builder parameters, int kib, int passes, int lanes) {
        var generator = new Argon2BytesGenerator();
        generator.init(parameters
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(kib)
                .withIterations(passes)
                .withParallelism(lanes)
                .build());
        byte[] key = new byte[32];
        generator.generateBytes(password, key);
        return key;
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void chunkId_isHmacUnderTheChunkKey() throws Exception {
        var master = master(8);
        byte[] data = "some content".getBytes(StandardCharsets.US_ASCII);
        byte[] chunkKey = KeyDerivation.derive(
                master.toBytes(), new byte[32], "strandline v1 chunk id", REPOSITORY.toBytes(), 32);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(chunkKey, "HmacSHA256"));
        assertThat(master.chunkId(data, 0, data.length).toBytes()).isEqualTo(mac.doFinal(data));
        assertThat(master.chunkId(data, 0, data.length)).isNotEqualTo(master(9).chunkId(data, 0, data.length));
    }
}
