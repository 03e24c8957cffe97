package dev.strandline.store.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** HKDF-SHA-256 (RFC 5869) as the JDK has it. */
final class KeyDerivation {
    /** Named, because asking for whichever provider can do it sets up all of them, which takes 40 ms. */
    static final String PROVIDER = "SunJCE";

    private KeyDerivation() {}

    /** {@code length} bytes from key material, a salt and what they are for. */
    static byte[] derive(byte[] keyMaterial, byte[] salt, String purpose, byte[] context, int length) {
        byte[] label = purpose.getBytes(StandardCharsets.US_ASCII);
        byte[] info = new byte[label.length + 1 + context.length];
        System.arraycopy(label, 0, info, 0, label.length);
        System.arraycopy(context, 0, info, label.length + 1, context.length);
        try {
            return KDF.getInstance("HKDF-SHA256", PROVIDER)
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(keyMaterial)
                            .addSalt(salt)
                            .thenExpand(info, length));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("JDK 25 has HKDF-SHA256", impossible);
        }
    }
}
