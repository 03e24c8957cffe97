package dev.strandline.store.crypto;

import java.util.Optional;

/** How objects are sealed. The numbers are persisted. */
public enum Suite {
    /** Not encrypted; a truncated SHA-256 finds accidental damage but no attacker. */
    NONE(0, "none"),
    /** AES-256 in GCM, a key for each object. */
    AES_256_GCM(1, "aes-256-gcm");

    private final int number;
    private final String label;

    Suite(int number, String label) {
        this.number = number;
        this.label = label;
    }

    /** As it stands in object headers. */
    public int number() {
        return number;
    }

    /** As it stands in the configuration. */
    public String label() {
        return label;
    }

    public static Optional<Suite> ofLabel(String label) {
        for (var suite : values()) {
            if (suite.label.equals(label)) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }
}
