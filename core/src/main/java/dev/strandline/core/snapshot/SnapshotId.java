package dev.strandline.core.snapshot;

import java.util.HexFormat;

/** Identifies a snapshot: 32 random bytes as 64 hexadecimal digits. */
public record SnapshotId(String hex) implements Comparable<SnapshotId> {
    public static final int BYTES = 32;

    private static final int SHORT_DIGITS = 8;

    public SnapshotId {
        if (hex.length() != 2 * BYTES || !isHex(hex)) {
            throw new IllegalArgumentException("not a snapshot id: " + hex);
        }
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    public static SnapshotId of(byte[] bytes) {
        return new SnapshotId(HexFormat.of().formatHex(bytes));
    }

    public byte[] toBytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** The digits that people see and type. */
    public String shortHex() {
        return hex.substring(0, SHORT_DIGITS);
    }

    @Override
    public int compareTo(SnapshotId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
