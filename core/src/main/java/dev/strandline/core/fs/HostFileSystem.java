package dev.strandline.core.fs;

import dev.strandline.core.path.FilePath;
import java.io.IOException;

/** The file system of this machine. Safe for use by several threads. */
public interface HostFileSystem {
    /** Opens a directory by path, of any length; symbolic links on the way are followed, also the last. */
    Directory openDirectory(FilePath path) throws IOException;

    /** The process's working directory. */
    FilePath workingDirectory() throws IOException;

    /** The user id that file operations are checked against; 0 is root. */
    int effectiveUserId();

    /** How many descriptors this process may have open at once. */
    int maxDescriptors();

    /** Whether {@code descriptor} (0, 1, 2) is a terminal. */
    boolean isTerminal(int descriptor);
}
