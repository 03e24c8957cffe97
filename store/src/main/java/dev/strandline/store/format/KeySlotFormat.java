package dev.strandline.store.format;

import dev.strandline.core.repository.DamageException;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.crypto.KeySlot;
import java.util.Arrays;
import java.util.HexFormat;

/** A key slot as JSON: {@code docs/format.md}, "Key slots". */
public final class KeySlotFormat {
    private static final String MAGIC = "strandline key slot";

    /** Refuse to spend more on one guess than this: a hostile slot could ask for any amount. */
    private static final int MAX_MEMORY_KIB = 4 << 20;

    private static final int MAX_ITERATIONS = 1000;
    private static final int MAX_LANES = 64;
    private static final int MIN_KIB_PER_LANE = 8;

    private KeySlotFormat() {}

    public static byte[] encode(KeySlot slot) {
        var hex = HexFormat.of();
        var json = new CanonicalJson().put("type", MAGIC).put("version", ObjectHeader.VERSION);
        switch (slot.kind()) {
            case PASSPHRASE ->
                json.put("kdf", "argon2id")
                        .put("memory_kib", slot.memoryKib())
                        .put("iterations", slot.iterations())
                        .put("lanes", slot.lanes());
            case KEY_FILE -> json.put("kdf", "hkdf-sha256");
        }
        return json.put("salt", hex.formatHex(slot.salt()))
                .put("wrapped_key", hex.formatHex(slot.wrapped()))
                .encode();
    }

    public static KeySlot decode(ObjectName name, byte[] bytes) throws DamageException {
        var json = CanonicalJson.decode(name.toString(), bytes);
        try {
            var slot = new KeySlot(
                    switch (json.text("kdf")) {
                        case "argon2id" -> KeySlot.Kind.PASSPHRASE;
                        case "hkdf-sha256" -> KeySlot.Kind.KEY_FILE;
                        default ->
                            throw new IllegalArgumentException("unknown key derivation '" + json.text("kdf") + "'");
                    },
                    HexFormat.of().parseHex(json.text("salt")),
                    bounded(json, "memory_kib", MAX_MEMORY_KIB),
                    bounded(json, "iterations", MAX_ITERATIONS),
                    bounded(json, "lanes", MAX_LANES),
                    HexFormat.of().parseHex(json.text("wrapped_key")));
            if (!Arrays.equals(bytes, encode(slot))) {
                throw new DamageException(name.toString(), "it was changed: its checksum is wrong");
            }
            requirePossible(slot);
            return slot;
        } catch (IllegalArgumentException e) {
            throw new DamageException(name.toString(), String.valueOf(e.getMessage()));
        }
    }

    /** RFC 9106, section 3.1: at least one pass, one lane, and 8 KiB for each lane. */
    private static void requirePossible(KeySlot slot) {
        if (slot.kind() == KeySlot.Kind.PASSPHRASE
                && (slot.iterations() < 1 || slot.lanes() < 1 || slot.memoryKib() < MIN_KIB_PER_LANE * slot.lanes())) {
            throw new IllegalArgumentException("its cost is below what Argon2id can do");
        }
    }

    private static int bounded(CanonicalJson json, String field, int maximum) {
        int value = json.number(field);
        if (value < 0 || value > maximum) {
            throw new IllegalArgumentException(field + " is " + value + ", out of range");
        }
        return value;
    }
}
