package dev.strandline.core.restore;

import dev.strandline.core.fs.AttributeTarget;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.restore.RestoreProblem.Aspect;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Gives an inode the metadata of its node. The order matters: changing the owner clears set-id bits and capabilities;
 * attributes come before the mode, which may forbid writing them; the time comes last because all else changes it. What
 * can't be set is reported and the rest is still done.
 */
final class MetadataWriter {
    private static final int SET_ID_BITS = 06000;
    private static final List<byte[]> ACL_NAMES = List.of(
            "system.posix_acl_access".getBytes(StandardCharsets.US_ASCII),
            "system.posix_acl_default".getBytes(StandardCharsets.US_ASCII));

    private final RestoreListener listener;
    private final boolean inheritsAcls;
    private final OwnerMap owners;

    /** @param inheritsAcls whether the target has a default ACL, which new entries get without having asked */
    MetadataWriter(RestoreListener listener, boolean inheritsAcls, OwnerMap owners) {
        this.listener = listener;
        this.inheritsAcls = inheritsAcls;
        this.owners = owners;
    }

    /** Of an inode that has metadata already, or was given some by its directory. */
    void replace(FilePath path, AttributeTarget target, Node node) {
        attempt(path, Aspect.XATTR, () -> {
            for (var present : target.xattrs()) {
                if (node.metadata().xattrs().stream()
                        .noneMatch(wanted -> Arrays.equals(wanted.name(), present.name()))) {
                    target.removeXattr(present.name());
                }
            }
        });
        write(path, target, node);
    }

    void write(FilePath path, AttributeTarget target, Node node) {
        var metadata = node.metadata();
        boolean owned = attempt(
                path, Aspect.OWNER, () -> target.setOwner(owners.uid(metadata.uid()), owners.gid(metadata.gid())));
        if (inheritsAcls && node.type() != FileType.SYMLINK) {
            attempt(path, Aspect.XATTR, () -> {
                for (byte[] name : ACL_NAMES) {
                    target.removeXattr(name);
                }
            });
        }
        for (var xattr : metadata.xattrs()) {
            writeXattr(path, target, xattr);
        }
        if (node.type() != FileType.SYMLINK) {
            boolean withheld = !owned && (metadata.mode() & SET_ID_BITS) != 0;
            int mode = withheld ? metadata.mode() & ~SET_ID_BITS : metadata.mode();
            attempt(path, Aspect.MODE, () -> target.setMode(mode));
            if (withheld) {
                listener.problem(
                        new RestoreProblem(path, Aspect.MODE, "no set-id bits, because they would be another owner's"));
            }
        }
        attempt(path, Aspect.TIME, () -> setModified(target, metadata.modified()));
    }

    /** A file system makes the nearest that it can hold of a time that it can't, and says nothing. */
    private static void setModified(AttributeTarget target, FileTime time) throws IOException {
        target.setModified(time);
        boolean everyFileSystemHasIt = time.seconds() == (int) time.seconds();
        if (!everyFileSystemHasIt && target.status().modified().seconds() != time.seconds()) {
            throw new IOException("the file system has no time that far away");
        }
    }

    /** For a directory that was not captured itself. */
    void setModeAbove(FilePath path, AttributeTarget target, int mode) {
        attempt(path, Aspect.MODE, () -> target.setMode(mode));
    }

    private void writeXattr(FilePath path, AttributeTarget target, Xattr xattr) {
        try {
            target.setXattr(xattr);
        } catch (IOException e) {
            listener.problem(
                    new RestoreProblem(path, Aspect.XATTR, ByteText.display(xattr.name()) + ": " + e.getMessage()));
        }
    }

    private interface Setting {
        void set() throws IOException;
    }

    private boolean attempt(FilePath path, Aspect aspect, Setting setting) {
        try {
            setting.set();
            return true;
        } catch (IOException e) {
            listener.problem(new RestoreProblem(path, aspect, String.valueOf(e.getMessage())));
            return false;
        }
    }
}
