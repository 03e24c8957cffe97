package dev.strandline.cli.report;

import dev.strandline.cli.environment.UsageException;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Where a page goes, looked at before the work begins. It is written beside its place and renamed over it, so that whoever
 * reads sees the old page or the new one. Only its owner may read it: it has the names of files that not everybody may see.
 */
public final class PageFile implements AutoCloseable {
    private final FilePath path;
    private final Directory folder;
    private final FileName name;

    private PageFile(FilePath path, Directory folder) {
        this.path = path;
        this.folder = folder;
        this.name = path.name();
    }

    /**
     * Looks whether a page can go to a place.
     *
     * @param path absolute
     */
    public static PageFile at(HostFileSystem host, FilePath path) throws RepositoryException {
        if (path.depth() == 0) {
            throw isDirectory(path);
        }
        try {
            var file = new PageFile(path, host.openDirectory(path.parent()));
            try {
                file.requireReplaceable();
                return file;
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    public FilePath path() {
        return path;
    }

    private void requireReplaceable() throws IOException {
        try {
            switch (folder.status(name).type()) {
                case REGULAR -> {}
                case DIRECTORY -> throw isDirectory(path);
                // Renaming over it would do away with a device, or with a link that leads elsewhere.
                case SYMLINK, FIFO, SOCKET, BLOCK_DEVICE, CHARACTER_DEVICE ->
                    throw new UsageException("'" + path.display() + "' is no regular file: name one, or a new one");
            }
        } catch (FileOperationException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private static UsageException isDirectory(FilePath path) {
        return new UsageException("'" + path.display() + "' is a directory: name the file that the page goes to");
    }

    private static RefusedException unwritable(FilePath path, IOException e) {
        return new RefusedException(
                "the page can't be written to " + path.display() + ": " + e.getMessage(),
                "Name a file in a folder that exists, that you may write to, and that has room.");
    }

    /** Puts a page there, in place of what there was; durable when this returns. */
    public void write(String text) throws RepositoryException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var temporary =
                FileName.of(".strandline-page." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (var file = folder.createFile(temporary)) {
                file.write(0, bytes, 0, bytes.length);
                file.sync();
            } catch (IOException e) {
                removeIfThere(temporary);
                throw e;
            }
            folder.rename(temporary, folder, name, false);
            folder.sync();
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private void removeIfThere(FileName temporary) {
        try {
            folder.removeFile(temporary);
        } catch (IOException _) {
            // It could not be made.
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
