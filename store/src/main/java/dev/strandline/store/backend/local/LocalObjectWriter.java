package dev.strandline.store.backend.local;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.path.FileName;
import dev.strandline.core.repository.StorageException;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.backend.ObjectWriter;
import java.io.IOException;
import java.util.function.Supplier;

/** Writes one object as a temporary file and renames it into place. */
final class LocalObjectWriter implements ObjectWriter {
    /** The folder that the object goes to, and whether this writer closes it. */
    record Folder(Directory directory, boolean owned) {}

    /** Each takes a collection that meets a file in the microseconds between its making and its locking. */
    private static final int MAX_TRIES = 20;

    private final Directory temporaryFolder;
    private final Folder folder;
    private final ObjectName name;
    private final FileName temporaryName;
    private final WritableFile file;
    private long position;
    private boolean published;
    private boolean closed;

    private LocalObjectWriter(
            Directory temporaryFolder, Folder folder, ObjectName name, FileName temporaryName, WritableFile file) {
        this.temporaryFolder = temporaryFolder;
        this.folder = folder;
        this.name = name;
        this.temporaryName = temporaryName;
        this.file = file;
    }

    /** Takes over {@code temporaryFolder} and {@code folder}, also when it fails. */
    static LocalObjectWriter create(
            Directory temporaryFolder, Folder folder, ObjectName name, Supplier<FileName> temporaryNames)
            throws IOException {
        try {
            for (int i = 0; i < MAX_TRIES; i++) {
                var temporaryName = temporaryNames.get();
                var file = temporaryFolder.createFile(temporaryName);
                if (isLockedInTime(file)) {
                    return new LocalObjectWriter(temporaryFolder, folder, name, temporaryName, file);
                }
                file.close();
            }
            throw new IOException("other processes took away " + MAX_TRIES + " temporary files, one after the other");
        } catch (IOException e) {
            temporaryFolder.close();
            if (folder.owned) {
                folder.directory.close();
            }
            throw e;
        }
    }

    /**
     * Locks a file that was just made. A collection whose clock is wrong may have taken it for abandoned before: it holds
     * the lock then, or the file has no name any more.
     */
    private static boolean isLockedInTime(WritableFile file) throws IOException {
        try {
            return file.tryLock() && file.status().linkCount() > 0;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void write(byte[] data, int offset, int length) throws StorageException {
        try {
            file.write(position, data, offset, length);
            position += length;
        } catch (IOException e) {
            throw LocalStorage.failure(name + " can't be written", e);
        }
    }

    @Override
    public void sync() throws StorageException {
        try {
            file.sync();
        } catch (IOException e) {
            throw LocalStorage.failure(name + " can't be synced to disk", e);
        }
    }

    @Override
    public boolean publish() throws StorageException {
        try {
            moveWithoutReplacing(finalName());
            published = true;
            folder.directory.sync();
            return true;
        } catch (FileOperationException e) {
            if (e.errno() == Errno.EEXIST) {
                return false;
            }
            throw LocalStorage.failure(name + " can't be published", e);
        } catch (IOException e) {
            throw LocalStorage.failure(name + " can't be published", e);
        }
    }

    private FileName finalName() {
        return FileName.of(name.path().getLast());
    }

    /** Makes the object visible for as long as this process lives and {@link Backend.Held#close} isn't called. */
    Backend.Held publishHeld() throws StorageException {
        try {
            moveWithoutReplacing(finalName());
        } catch (IOException e) {
            throw LocalStorage.failure(name + " can't be made", e);
        }
        published = true;
        return () -> {
            try {
                folder.directory.removeFile(finalName());
            } catch (IOException _) {
                // It is unlocked from here on, and garbage collection removes it.
            }
            close();
        };
    }

    /** Where the file system can't rename without replacing (NFS), a link and a removal do the same. */
    private void moveWithoutReplacing(FileName finalName) throws IOException {
        try {
            temporaryFolder.rename(temporaryName, folder.directory, finalName, true);
        } catch (FileOperationException e) {
            if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOSYS) {
                throw e;
            }
            temporaryFolder.link(temporaryName, folder.directory, finalName);
            temporaryFolder.removeFile(temporaryName);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!published) {
            try {
                temporaryFolder.removeFile(temporaryName);
            } catch (IOException _) {
                // It is unlocked from here on, and the next run removes it.
            }
        }
        file.close();
        temporaryFolder.close();
        if (folder.owned) {
            folder.directory.close();
        }
    }
}
