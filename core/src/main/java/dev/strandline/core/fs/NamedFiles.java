package dev.strandline.core.fs;

import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads files that somebody named: keys, passphrases, configurations, lists. Such a file may be a symbolic link, a FIFO such
 * as {@code <(...)} of a shell makes, or one of /proc that says it is empty. It is read to its end or not at all. What can be
 * read only once is remembered. Safe for use by several threads.
 */
public final class NamedFiles {
    private static final int FIRST_BYTES = 8 << 10;

    /** Of the device that is always empty, /dev/null. */
    private static final int NULL_MAJOR = 1;

    private static final int NULL_MINOR = 3;

    private final HostFileSystem host;
    private final Runnable beforeReadingOnce;
    private final Map<FilePath, Content> remembered = new HashMap<>(); // guarded by this

    /** @param beforeReadingOnce run before something is read that can't be read a second time */
    public NamedFiles(HostFileSystem host, Runnable beforeReadingOnce) {
        this.host = host;
        this.beforeReadingOnce = beforeReadingOnce;
    }

    /**
     * All that a file held.
     *
     * @param status of what was read, not of a link to it
     */
    public record Content(byte[] bytes, FileStatus status) {}

    /** @throws IOException also when there is more than {@code maximumBytes}, or no file but a directory or a device */
    public synchronized Content read(FilePath path, int maximumBytes) throws IOException {
        var known = remembered.get(path);
        if (known != null) {
            return known;
        }
        var status = host.status(path);
        return switch (status.type()) {
            case REGULAR -> readOpened(path, maximumBytes);
            case FIFO -> {
                beforeReadingOnce.run();
                var content = readOpened(path, maximumBytes);
                remembered.put(path, content);
                yield content;
            }
            case DIRECTORY -> throw noFile(path, "a directory");
            case CHARACTER_DEVICE -> {
                if (status.specialMajor() != NULL_MAJOR || status.specialMinor() != NULL_MINOR) {
                    throw noFile(path, "a device");
                }
                yield new Content(new byte[0], status);
            }
            case BLOCK_DEVICE -> throw noFile(path, "a device");
            case SOCKET -> throw noFile(path, "a socket");
            case SYMLINK -> throw noFile(path, "a symbolic link that leads nowhere");
        };
    }

    private static IOException noFile(FilePath path, String what) {
        return new IOException(path.display() + " is " + what + ", not a file");
    }

    private Content readOpened(FilePath path, int maximumBytes) throws IOException {
        try (var file = host.openNamed(path)) {
            var status = file.status();
            if (status.type() != FileType.REGULAR && status.type() != FileType.FIFO) {
                throw noFile(path, "no longer what it was");
            }
            long expected = Math.min(status.sizeBytes(), maximumBytes) + 1;
            byte[] bytes = new byte[(int) Math.max(Math.min(FIRST_BYTES, maximumBytes + 1L), expected)];
            int length = 0;
            for (int count = file.read(bytes, 0, bytes.length); count > 0; ) {
                length += count;
                if (length > maximumBytes) {
                    throw new IOException(
                            path.display() + " has more than the " + maximumBytes + " bytes that it may have");
                }
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, (int) Math.min(2L * length, maximumBytes + 1L));
                }
                count = file.read(bytes, length, bytes.length - length);
            }
            return new Content(Arrays.copyOf(bytes, length), status);
        }
    }
}
