package dev.strandline.core.capture;

import dev.strandline.core.encoding.Sha256;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.tree.LinkGroup;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inodes with several names that a walk has met. Inode numbers are recycled while a walk runs, so two names count as
 * links of one another only when their change times agree too. An inode is forgotten when all its names were met. One
 * thread.
 */
final class LinkTable {
    private record Inode(long device, long number) {}

    /** The slot of an inode's node, and how many of its names are still to come. */
    static final class Linked {
        private final FileTime changed;
        private final NodeSlot slot;
        private int missing;

        private Linked(FileStatus status, NodeSlot slot) {
            this.changed = status.changed();
            this.slot = slot;
            this.missing = status.linkCount() - 1;
        }

        NodeSlot slot() {
            return slot;
        }
    }

    private final Map<Inode, Linked> inodes = new HashMap<>();

    /** The inode when it was met under another name before; takes note that one more was met. */
    @Nullable
    Linked find(FileStatus status) {
        var key = new Inode(status.device(), status.inode());
        var linked = inodes.get(key);
        if (linked == null || !linked.changed.equals(status.changed())) {
            return null;
        }
        if (--linked.missing <= 0) {
            inodes.remove(key);
        }
        return linked;
    }

    /** Remembers an inode that was met for the first time. */
    void add(FileStatus status, NodeSlot slot) {
        inodes.put(new Inode(status.device(), status.inode()), new Linked(status, slot));
    }

    static LinkGroup groupOf(FilePath path) {
        byte[] digest = Sha256.of(path.toBytes());
        return new LinkGroup(Arrays.copyOf(digest, LinkGroup.BYTES));
    }
}
