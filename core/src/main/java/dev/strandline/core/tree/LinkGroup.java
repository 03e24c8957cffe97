package dev.strandline.core.tree;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Says which entries of a snapshot are hard links of one another: equal groups, one inode. The {@value #BYTES} bytes
 * are a digest of the path at which the walk met the inode first, so that unchanged links stay equal bytes.
 */
public record LinkGroup(byte[] bytes) {
    public static final int BYTES = 16;

    public LinkGroup {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a link group has " + BYTES + " bytes, not " + bytes.length);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinkGroup(byte[] those) && Arrays.equals(bytes, those);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
