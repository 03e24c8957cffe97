package dev.strandline.core.encoding;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, as every Java has it. */
public final class Sha256 {
    private Sha256() {}

    /** A digest that has been given nothing yet. */
    public static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The 32 bytes of some bytes' digest. */
    public static byte[] of(byte[] bytes) {
        return create().digest(bytes);
    }
}
