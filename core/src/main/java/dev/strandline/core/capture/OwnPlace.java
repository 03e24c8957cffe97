package dev.strandline.core.capture;

import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.path.FileName;
import java.util.Optional;

/**
 * Something that belongs to this program and changes with every run, so that no capture takes it.
 *
 * @param directory it, or where {@code name} is
 * @param name of a file in {@code directory}; empty for the directory itself
 * @param what for a person, such as "the repository itself"
 */
public record OwnPlace(FileStatus directory, Optional<FileName> name, String what) {
    /** A directory with all in it. */
    public static OwnPlace directory(FileStatus directory, String what) {
        return new OwnPlace(directory, Optional.empty(), what);
    }
}
