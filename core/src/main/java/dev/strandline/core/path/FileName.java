package dev.strandline.core.path;

import java.util.Arrays;

/**
 * One component of a path: 1 to 255 bytes without {@code /} and NUL, neither {@code .} nor {@code ..}. Every name that
 * is written to or read from a repository passes through here, so a hostile tree can't name anything outside its
 * directory. Ordered by unsigned bytes. Immutable.
 */
public final class FileName implements Comparable<FileName> {
    /** The kernel's NAME_MAX, in bytes. */
    public static final int MAX_LENGTH = 255;

    private final byte[] bytes;

    private FileName(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A name of these bytes, which the caller must not change any more.
     *
     * @throws IllegalArgumentException when they are no valid name
     */
    public static FileName of(byte[] bytes) {
        String reason = invalidity(bytes);
        if (reason != null) {
            throw new IllegalArgumentException("'" + ByteText.display(bytes) + "' is not a file name: " + reason);
        }
        return new FileName(bytes);
    }

    /** A name from text, see {@link ByteText#encode}. */
    public static FileName of(String text) {
        return of(ByteText.encode(text));
    }

    private static @org.jspecify.annotations.Nullable String invalidity(byte[] bytes) {
        if (bytes.length == 0) {
            return "it is empty";
        }
        if (bytes.length > MAX_LENGTH) {
            return "it is longer than " + MAX_LENGTH + " bytes";
        }
        if (bytes[0] == '.' && (bytes.length == 1 || (bytes.length == 2 && bytes[1] == '.'))) {
            return "it stands for a directory";
        }
        for (byte b : bytes) {
            if (b == 0 || b == '/') {
                return "it contains " + (b == 0 ? "NUL" : "/");
            }
        }
        return null;
    }

    public int length() {
        return bytes.length;
    }

    public byte at(int index) {
        return bytes[index];
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Copies the bytes to {@code target} at {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    /** Safe to print on a terminal. */
    public String display() {
        return ByteText.display(bytes);
    }

    @Override
    public int compareTo(FileName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return display();
    }
}
