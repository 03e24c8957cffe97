package dev.strandline.store.crypto;

import dev.strandline.core.encoding.Hex;
import java.util.HexFormat;

/** Identifies a repository: 16 random bytes as 32 hexadecimal digits. */
public record RepositoryId(String hex) {
    public static final int BYTES = 16;

    public RepositoryId {
        if (!Hex.isDigits(hex, 2 * BYTES)) {
            throw new IllegalArgumentException("not a repository id: " + hex);
        }
    }

    public static RepositoryId of(byte[] bytes) {
        return new RepositoryId(HexFormat.of().formatHex(bytes));
    }

    public byte[] toBytes() {
        return HexFormat.of().parseHex(hex);
    }
}
