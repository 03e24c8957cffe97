package dev.strandline.core.testkit;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A directory for one test, removed with all that is in it on {@link #close}: also names of any bytes, paths of any
 * length and directories without permissions, which {@code @TempDir} can't remove.
 */
public final class TemporaryTree implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Directory parent;
    private final FileName name;
    private final Directory directory;

    private TemporaryTree(Directory parent, FileName name, Directory directory) {
        this.parent = parent;
        this.name = name;
        this.directory = directory;
    }

    /** A new, empty one below {@code java.io.tmpdir}. */
    public static TemporaryTree create() throws IOException {
        var parent = PosixFileSystem.open().openDirectory(FilePath.of(System.getProperty("java.io.tmpdir")));
        while (true) {
            var name = FileName.of("strandline-test-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
            try {
                return new TemporaryTree(parent, name, parent.createDirectory(name));
            } catch (FileOperationException e) {
                if (e.errno() != Errno.EEXIST) {
                    parent.close();
                    throw e;
                }
            }
        }
    }

    public FilePath path() {
        return directory.path();
    }

    /** It open; {@link #close} closes it. */
    public Directory directory() {
        return directory;
    }

    /** Makes an empty directory in it. */
    public FilePath createDirectory(String name) throws IOException {
        try (var created = directory.createDirectory(FileName.of(name))) {
            return created.path();
        }
    }

    @Override
    public void close() throws IOException {
        try (parent) {
            directory.close();
            remove(parent, name);
        }
    }

    /** Removes an entry and, if it is a directory, all below it. */
    public static void remove(Directory parent, FileName name) throws IOException {
        if (parent.status(name).type() != FileType.DIRECTORY) {
            parent.removeFile(name);
            return;
        }
        try (var entry = parent.openEntry(name)) {
            entry.setMode(0700);
        }
        try (var directory = parent.openDirectory(name)) {
            for (var child : directory.list()) {
                remove(directory, child);
            }
        }
        parent.removeDirectory(name);
    }
}
