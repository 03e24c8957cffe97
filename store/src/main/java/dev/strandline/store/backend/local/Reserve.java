package dev.strandline.store.backend.local;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.path.FileName;
import java.io.IOException;
import java.util.random.RandomGenerator;

/** A file that holds some space on the disk, to be given up when forgetting and freeing need a little and there is none. */
final class Reserve {
    private static final FileName NAME = FileName.of(LocalBackend.RESERVE);

    private static final int PIECE_BYTES = 64 << 10;

    private Reserve() {}

    /** Gives it up; false when there is none. */
    static boolean spend(Directory root) throws IOException {
        try {
            root.removeFile(NAME);
            root.sync();
            return true;
        } catch (FileOperationException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    /** Makes it as large as this, unless it is. Of random bytes, which no file system stores as fewer. */
    static void keep(Directory root, long sizeBytes, RandomGenerator random) throws IOException {
        try (var file = open(root)) {
            long size = file.status().sizeBytes();
            try {
                byte[] piece = new byte[PIECE_BYTES];
                for (long at = size; at < sizeBytes; at += PIECE_BYTES) {
                    random.nextBytes(piece);
                    file.write(at, piece, 0, (int) Math.min(PIECE_BYTES, sizeBytes - at));
                }
                if (size > sizeBytes) {
                    file.setSize(sizeBytes);
                }
            } catch (FileOperationException e) {
                if (!e.isOutOfSpace()) {
                    throw e;
                }
                // What room there is belongs to snapshots.
                file.setSize(size);
            }
        }
    }

    private static WritableFile open(Directory root) throws IOException {
        try {
            return root.createFile(NAME);
        } catch (FileOperationException e) {
            if (e.errno() == Errno.EEXIST) {
                return root.openWritable(NAME);
            }
            throw e;
        }
    }
}
