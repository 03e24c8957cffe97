package dev.strandline.core.restore;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.tree.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A mark in the target of a restore, from before its first file to after its verification, so that the same restore can be gone
 * on with.
 *
 * @param path what of the snapshot is restored
 */
public record UnfinishedRestore(SnapshotId snapshot, FilePath path) {
    /** The file that is the mark. */
    public static final FileName NAME = FileName.of(".strandline-restoring");

    private static final int OWNER_MAY_WRITE = 0300;
    private static final int MAX_BYTES = 1 << 16;

    /** What was begun in a directory and not ended; empty where nothing was, also where there is no directory. */
    public static Optional<UnfinishedRestore> in(HostFileSystem host, FilePath target) throws IOException {
        try (var directory = host.openDirectory(target);
                var mark = directory.openFile(NAME)) {
            byte[] content = new byte[MAX_BYTES];
            int length = mark.read(0, content, 0, MAX_BYTES);
            int digits = 2 * SnapshotId.BYTES;
            var id = new SnapshotId(new String(content, 0, Math.min(length, digits), StandardCharsets.US_ASCII));
            return Optional.of(new UnfinishedRestore(
                    id, FilePath.of(Arrays.copyOfRange(content, digits, Math.max(digits, length)))));
        } catch (FileOperationException e) {
            if (e.errno() == Errno.ENOENT
                    || e.errno() == Errno.ENOTDIR
                    || e.errno() == Errno.EINVAL
                    || e.errno() == Errno.ELOOP) {
                return Optional.empty();
            }
            throw e;
        } catch (IllegalArgumentException _) {
            // It was not written to its end, so nothing else was written.
            return Optional.empty();
        }
    }

    /** Makes the mark, and the directory where it is missing. */
    public void begin(HostFileSystem host, FilePath target) throws IOException {
        var content = new ByteArrayOutputStream();
        content.writeBytes(snapshot.hex().getBytes(StandardCharsets.US_ASCII));
        content.writeBytes(path.toBytes());
        byte[] bytes = content.toByteArray();
        try (var directory = TargetDirectory.create(host, target);
                var mark = directory.createFile(NAME)) {
            mark.write(0, bytes, 0, bytes.length);
            mark.sync();
        }
    }

    /** Removes the mark, and gives the directory its time back where it is a restored one. */
    public static void end(HostFileSystem host, FilePath target, SnapshotTree.Place restored) throws IOException {
        try (var directory = host.openDirectory(target)) {
            remove(directory);
            if (restored instanceof SnapshotTree.Place.Captured(var _, Node.Directory node)) {
                directory.setModified(node.metadata().modified());
            }
        } catch (FileOperationException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    /** Also out of a directory that its owner may not write into. */
    private static void remove(Directory directory) throws IOException {
        try {
            directory.removeFile(NAME);
        } catch (FileOperationException e) {
            if (e.errno() != Errno.EACCES) {
                throw e;
            }
            int mode = directory.status().mode();
            directory.setMode(mode | OWNER_MAY_WRITE);
            try {
                directory.removeFile(NAME);
            } finally {
                directory.setMode(mode);
            }
        }
    }
}
