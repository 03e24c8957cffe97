package dev.strandline.core.fs;

import dev.strandline.core.path.ByteText;
import java.util.Arrays;

/**
 * One extended attribute, ACLs ({@code system.posix_acl_*}) and file capabilities ({@code security.capability})
 * included, as the kernel hands it out. {@code name} without its NUL. Ordered by name. The arrays must not be changed.
 */
public record Xattr(byte[] name, byte[] value) implements Comparable<Xattr> {
    @Override
    public int compareTo(Xattr other) {
        return Arrays.compareUnsigned(name, other.name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Xattr(byte[] thatName, byte[] thatValue)
                && Arrays.equals(name, thatName)
                && Arrays.equals(value, thatValue);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(name) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return ByteText.display(name);
    }
}
