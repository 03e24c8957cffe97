package dev.strandline.core.fs;

/**
 * What {@code statx} says of one inode.
 *
 * @param mode permission bits with set-id and sticky bits, 0..07777, without the type
 * @param sizeBytes for a symbolic link the length of its target
 * @param device number of the file system that holds it, {@code major << 32 | minor}
 * @param specialMajor for devices what they stand for, else 0
 * @param specialMinor for devices what they stand for, else 0
 * @param allocatedBytes what its content takes on the disk
 */
public record FileStatus(
        FileType type,
        int mode,
        int uid,
        int gid,
        long sizeBytes,
        FileTime modified,
        FileTime changed,
        long device,
        long inode,
        int linkCount,
        int specialMajor,
        int specialMinor,
        long allocatedBytes) {
    /** Whether {@code other} is the same inode, whatever else has changed. */
    public boolean isSameFile(FileStatus other) {
        return device == other.device && inode == other.inode && type == other.type;
    }
}
