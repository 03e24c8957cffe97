package dev.strandline.core.fs;

import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.Optional;

/** The file system of this machine. Safe for use by several threads. */
public interface HostFileSystem {
    /** Opens a directory by path, of any length; symbolic links on the way are followed, also the last. */
    Directory openDirectory(FilePath path) throws IOException;

    /** Opens what somebody named, to be read once from its start to its end: links are followed, a FIFO's writer is awaited. */
    NamedFile openNamed(FilePath path) throws IOException;

    /** The status of what a path leads to, all links followed, without opening it. */
    FileStatus status(FilePath path) throws IOException;

    /** Where the symbolic link at a path leads; empty when something else is there, or nothing. */
    Optional<FilePath> linkTarget(FilePath path) throws IOException;

    /** A path that somebody wrote, from the root directory on; leads where the kernel would go, see {@link FilePath#toAbsolute}. */
    default FilePath absolute(FilePath path) throws IOException {
        if (path.isAbsolute() && !path.hasParents()) {
            return path;
        }
        return path.toAbsolute(path.isAbsolute() ? FilePath.ROOT : workingDirectory(), this::linkTarget);
    }

    /** The process's working directory. */
    FilePath workingDirectory() throws IOException;

    /** The user id that file operations are checked against; 0 is root. */
    int effectiveUserId();

    /** How many descriptors this process may have open at once. */
    int maxDescriptors();

    /** Whether {@code descriptor} (0, 1, 2) is a terminal. */
    boolean isTerminal(int descriptor);
}
