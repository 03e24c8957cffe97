package dev.strandline.core.fs;

import java.io.IOException;
import java.util.List;

/**
 * An open inode whose metadata can be read and set. Nothing here follows a symbolic link.
 */
public interface AttributeTarget {
    FileStatus status() throws IOException;

    /** All extended attributes that the caller may see, ordered by name; empty where the file system has none. */
    List<Xattr> xattrs() throws IOException;

    /** Clears set-id bits and capabilities, as {@code chown} does: call it before the other setters. */
    void setOwner(int uid, int gid) throws IOException;

    /** Sets permission, set-id and sticky bits. Symbolic links have no mode of their own: not for them. */
    void setMode(int mode) throws IOException;

    void setXattr(Xattr xattr) throws IOException;

    /** Removes an extended attribute; not having it is no error. */
    void removeXattr(byte[] name) throws IOException;

    /** Sets the modification time and leaves the access time alone. */
    void setModified(FileTime time) throws IOException;
}
