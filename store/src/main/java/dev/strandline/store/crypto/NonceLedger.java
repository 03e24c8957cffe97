package dev.strandline.store.crypto;

import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * In test mode remembers every (key, nonce) that was used and fails when one is used again, which would give both
 * plaintexts away. Off unless the system property {@code strandline.nonce.ledger} is set, as the build's tests do.
 */
final class NonceLedger {
    private static final @Nullable Set<String> USED =
            Boolean.getBoolean("strandline.nonce.ledger") ? ConcurrentHashMap.newKeySet() : null;

    private NonceLedger() {}

    static void record(byte[] key, SectionKind kind, long number) {
        if (USED != null && !USED.add(HexFormat.of().formatHex(key) + kind + number)) {
            throw new IllegalStateException("a nonce was about to be used twice: " + kind + " " + number);
        }
    }
}
