package dev.strandline.core.tree;

import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.Xattr;
import java.util.List;
import java.util.Optional;

/**
 * What every kind of node carries.
 *
 * @param mode permission, set-id and sticky bits, 0..07777
 * @param xattrs ordered by name, ACLs and capabilities included
 * @param linkGroup present when the inode had more than one name
 */
public record Metadata(
        int mode, int uid, int gid, FileTime modified, List<Xattr> xattrs, Optional<LinkGroup> linkGroup) {
    public Metadata {
        if ((mode & ~07777) != 0) {
            throw new IllegalArgumentException("mode bits out of range: 0" + Integer.toOctalString(mode));
        }
        xattrs = List.copyOf(xattrs);
    }

    public static Metadata of(FileStatus status, List<Xattr> xattrs, Optional<LinkGroup> linkGroup) {
        return new Metadata(status.mode(), status.uid(), status.gid(), status.modified(), xattrs, linkGroup);
    }
}
