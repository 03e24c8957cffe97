package dev.strandline.core.snapshot;

import dev.strandline.core.encoding.Hex;
import java.util.HexFormat;

/** Identifies a snapshot: 32 random bytes as 64 hexadecimal digits. */
public record SnapshotId(String hex) implements Comparable<SnapshotId> {
    public static final int BYTES = 32;

    private static final int SHORT_DIGITS = 8;

    public SnapshotId {
        if (!Hex.isDigits(hex, 2 * BYTES)) {
            throw new IllegalArgumentException("not a snapshot id: " + hex);
        }
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

    /** Not left to the record: Java spins that code when it is first called, and every snapshot compares its parent. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SnapshotId(String otherHex) && hex.equals(otherHex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
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
