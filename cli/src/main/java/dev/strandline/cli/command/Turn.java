package dev.strandline.cli.command;

import dev.strandline.core.fs.PrivateFolder;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to take a snapshot while no other run of this host does. It is a lock of the kernel's on a file, which goes with
 * the process, so nothing stale can stay behind.
 */
final class Turn implements AutoCloseable {
    /** Of who doesn't mind others. */
    static final Turn NOT_NEEDED = new Turn(null, true);

    private static final String FILE = "running";

    private final @Nullable FileChannel channel;
    private final boolean ours;

    private Turn(@Nullable FileChannel channel, boolean ours) {
        this.channel = channel;
        this.ours = ours;
    }

    /** @param folder where the file is, made when it is missing */
    static Turn ifFree(Path folder) throws RepositoryException {
        return take(folder, FileChannel::tryLock);
    }

    /** Waits as long as it takes. */
    static Turn await(Path folder) throws RepositoryException {
        return take(folder, FileChannel::lock);
    }

    private interface Attempt {
        @Nullable
        FileLock on(FileChannel channel) throws IOException;
    }

    private static Turn take(Path folder, Attempt attempt) throws RepositoryException {
        FileChannel channel = null;
        try {
            PrivateFolder.create(folder);
            channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (attempt.on(channel) != null) {
                return new Turn(channel, true);
            }
            channel.close();
            return new Turn(null, false);
        } catch (IOException e) {
            close(channel);
            throw new RefusedException(
                    "whether another snapshot is running can't be told: " + e.getMessage(),
                    "STRANDLINE_CACHE_DIR names a folder of this host for that.");
        }
    }

    boolean isOurs() {
        return ours;
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException _) {
                // Nothing was written.
            }
        }
    }

    @Override
    public void close() {
        close(channel);
    }
}
