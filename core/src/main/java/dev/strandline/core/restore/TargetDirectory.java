package dev.strandline.core.restore;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FilePath;
import java.io.IOException;

/** Opens the directory that a restore goes into. */
final class TargetDirectory {
    private TargetDirectory() {}

    /** Makes {@code path} and the directories above it where they are missing. */
    static Directory create(HostFileSystem host, FilePath path) throws IOException {
        try {
            return host.openDirectory(path);
        } catch (FileOperationException e) {
            if (e.errno() != Errno.ENOENT || path.depth() == 0) {
                throw e;
            }
        }
        try (var parent = create(host, path.parent())) {
            return parent.createDirectory(path.name());
        }
    }
}
