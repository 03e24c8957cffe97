package dev.strandline.core.testkit;

import dev.strandline.core.fs.Xattr;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * POSIX ACLs as the kernel takes them ({@code linux/posix_acl_xattr.h}): a version, then entries of tag, permissions and
 * id, all little-endian. The entries must be ordered by tag.
 */
enum VarietyTreeAcl {
    ACCESS("system.posix_acl_access"),
    DEFAULT("system.posix_acl_default");

    private static final int VERSION = 2;
    private static final int ENTRY_LENGTH = 8;
    private static final int NO_ID = -1;

    private final String attribute;

    VarietyTreeAcl(String attribute) {
        this.attribute = attribute;
    }

    private record Entry(int tag, int permissions, int id) {}

    /** The owner {@code rwx}, the user {@code rw-}, the group {@code r-x}, others {@code r--}, within {@code mask}. */
    Xattr forUserAndGroup(int user, int group, int mask) {
        return of(
                new Entry(0x01, 7, NO_ID),
                new Entry(0x02, 6, user),
                new Entry(0x04, 5, NO_ID),
                new Entry(0x08, 5, group),
                new Entry(0x10, mask, NO_ID),
                new Entry(0x20, 4, NO_ID));
    }

    private Xattr of(Entry... entries) {
        var value = ByteBuffer.allocate(Integer.BYTES + ENTRY_LENGTH * entries.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        value.putInt(VERSION);
        for (var entry : entries) {
            value.putShort((short) entry.tag)
                    .putShort((short) entry.permissions)
                    .putInt(entry.id);
        }
        return VarietyTreeWriter.xattr(attribute, value.array());
    }
}
