package dev.strandline.core.testkit;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An open directory to take snapshots of, in a {@link TemporaryTree} with room beside it; empty at first. */
public final class SourceTree implements AutoCloseable {
    private final TemporaryTree temporary;
    private final Directory directory;

    private SourceTree(TemporaryTree temporary, Directory directory) {
        this.temporary = temporary;
        this.directory = directory;
    }

    public static SourceTree create() {
        try {
            var temporary = TemporaryTree.create();
            return new SourceTree(temporary, PosixFileSystem.open().openDirectory(temporary.createDirectory("root")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FilePath path() {
        return directory.path();
    }

    public Directory directory() {
        return directory;
    }

    /** What it lies in. */
    public TemporaryTree temporary() {
        return temporary;
    }

    /** Makes a file. */
    public static void file(Directory parent, String name, byte[] content) throws IOException {
        try (var file = parent.createFile(name(name))) {
            file.write(0, content, 0, content.length);
        }
    }

    /** Short enough for the middle of a line. */
    public static FileName name(String name) {
        return FileName.of(name);
    }

    @Override
    public void close() throws IOException {
        directory.close();
        temporary.close();
    }
}
