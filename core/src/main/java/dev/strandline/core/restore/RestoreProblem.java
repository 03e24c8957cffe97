package dev.strandline.core.restore;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.DamageException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Something that is not as it was in the snapshot.
 *
 * @param path relative to the target
 */
public record RestoreProblem(FilePath path, Aspect aspect, String reason) {
    /** What of an entry is concerned. */
    public enum Aspect {
        /** A chunk or tree of it is damaged or missing in the repository. */
        DAMAGE,
        /** It could not be made or written. */
        CONTENT,
        OWNER,
        MODE,
        XATTR,
        TIME
    }

    static RestoreProblem ofDamage(FilePath path, DamageException damage) {
        return new RestoreProblem(path, Aspect.DAMAGE, String.valueOf(damage.getMessage()));
    }

    /**
     * An entry that could not be made.
     *
     * @throws UncheckedIOException when no other could be made either
     */
    static RestoreProblem ofContent(FilePath path, IOException e) {
        if (e instanceof FileOperationException failure && (failure.isOutOfSpace() || failure.errno() == Errno.EROFS)) {
            throw new UncheckedIOException(e);
        }
        return new RestoreProblem(path, Aspect.CONTENT, String.valueOf(e.getMessage()));
    }

    /** The same of another entry. */
    RestoreProblem at(FilePath other) {
        return new RestoreProblem(other, aspect, reason);
    }
}
