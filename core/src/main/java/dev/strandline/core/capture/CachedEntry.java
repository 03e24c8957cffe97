package dev.strandline.core.capture;

import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.tree.EncodedNode;
import dev.strandline.core.tree.LinkGroup;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
import java.util.Optional;

/**
 * An entry as an earlier capture saw it.
 *
 * @param sizeBytes as {@link FileStatus} has it
 * @param changed the inode's change time, which nobody can put back
 */
record CachedEntry(long sizeBytes, FileTime changed, long device, long inode, EncodedNode node) {

    /**
     * Whether an inode is certainly as it was: same identity, size and times, and last changed well before the earlier
     * capture began. What changed later than that ("racy" entries) may have changed again in the same tick of the clock.
     * The modification time says nothing of that: anybody can set it, also into the future.
     */
    boolean isCertainly(FileStatus status, FileTime racyFrom) {
        return status.inode() == inode
                && status.device() == device
                && status.sizeBytes() == sizeBytes
                && status.changed().equals(changed)
                && status.type() == node.type()
                && status.modified().equals(node.modified())
                && changed.compareTo(racyFrom) < 0
                && !node.changedWhileRead();
    }

    /** The node, in the link group that it belongs to in this capture. */
    EncodedNode nodeIn(Optional<LinkGroup> group) {
        if (group.isEmpty() && !node.hasLinkGroup()) {
            return node;
        }
        var decoded = node.decode();
        var then = decoded.metadata();
        if (then.linkGroup().equals(group)) {
            return node;
        }
        var metadata = new Metadata(then.mode(), then.uid(), then.gid(), then.modified(), then.xattrs(), group);
        return EncodedNode.of(
                switch (decoded) {
                    case Node.RegularFile(var _, var content, boolean changedWhileRead) ->
                        new Node.RegularFile(metadata, content, changedWhileRead);
                    case Node.Symlink(var _, byte[] target) -> new Node.Symlink(metadata, target);
                    case Node.Fifo _ -> new Node.Fifo(metadata);
                    case Node.Socket _ -> new Node.Socket(metadata);
                    case Node.Device device -> new Node.Device(metadata, device.type(), device.major(), device.minor());
                    case Node.Directory _ -> throw new IllegalStateException("directories have no link group");
                });
    }
}
