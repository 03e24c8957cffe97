package dev.strandline.store.backend.local;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.repository.StorageException;
import java.io.IOException;

/** Turns errors of the file system that holds a repository into storage errors that say what to do. */
final class LocalStorage {
    private LocalStorage() {}

    static StorageException failure(String what, IOException cause) {
        boolean isReadOnly = cause instanceof FileOperationException refused && refused.errno() == Errno.EROFS;
        return new StorageException(
                (isReadOnly ? "the repository is read-only, so " : "") + what + ": " + cause.getMessage(),
                guidance(cause),
                cause);
    }

    private static String guidance(IOException cause) {
        if (!(cause instanceof FileOperationException failure)) {
            return "";
        }
        if (failure.isOutOfSpace()) {
            return "Free some space where the repository is, then run again: nothing was committed, and earlier"
                    + " snapshots are intact.";
        }
        return switch (failure.errno()) {
            case EACCES, EPERM -> "Run as the user who owns the repository, or correct its permissions.";
            case EROFS ->
                "The repository is on a file system that is mounted read-only; what is in it can still be listed and restored.";
            case ENOTEMPTY -> "It is a folder where a file should be; see what is in it, and remove it by hand.";
            case EIO -> "The disk reports an error: look at its health before anything else.";
            case EMFILE, ENFILE -> "Raise the limit of open files (ulimit -n).";
            default -> "";
        };
    }
}
