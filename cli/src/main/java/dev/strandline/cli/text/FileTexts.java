package dev.strandline.cli.text;

import dev.strandline.cli.archive.ContentWriter;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what stands in files. */
public interface FileTexts {
    /** The text of what is at a path: of a regular file its content, of a symbolic link its target, else nothing. */
    default FileText of(FilePath path, @Nullable Node node) throws RepositoryException {
        return switch (node) {
            case Node.RegularFile file
            when file.content().sizeBytes() > FileText.MAX_BYTES ->
                new FileText.Binary(file.content().sizeBytes());
            case Node.RegularFile file -> FileText.of(read(path, file));
            case Node.Symlink(var _, byte[] target) -> FileText.of(target);
            case null -> FileText.NOTHING;
            case Node _ -> FileText.NOTHING;
        };
    }

    byte[] read(FilePath path, Node.RegularFile file) throws RepositoryException;

    /** Of files in snapshots. */
    static FileTexts stored(ChunkSource source) {
        return (_, file) -> {
            var content = new ByteArrayOutputStream((int) file.content().sizeBytes());
            try {
                ContentWriter.write(source, file.content(), content);
            } catch (IOException impossible) {
                throw new IllegalStateException("an array can be written", impossible);
            }
            return content.toByteArray();
        };
    }

    /** Of files on the disk as they are now; of one that can't be read any more, nothing. */
    static FileTexts live(HostFileSystem host) {
        return (path, _) -> {
            try (var directory = host.openDirectory(path.parent());
                    var file = directory.openFile(path.name())) {
                byte[] content = new byte
                        [(int) Math.min(FileText.MAX_BYTES, file.status().sizeBytes())];
                return Arrays.copyOf(content, file.read(0, content, 0, content.length));
            } catch (IOException _) {
                return new byte[0];
            }
        };
    }
}
