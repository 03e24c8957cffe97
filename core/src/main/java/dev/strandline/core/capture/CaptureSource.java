package dev.strandline.core.capture;

import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import java.util.List;

/**
 * A path to capture, and what of it.
 *
 * @param path absolute
 * @param optional whether it may be missing
 * @param excludes anchored at {@code path} and at {@code /}
 * @param oneFileSystem stay on the file system of {@code path}
 * @param excludeCaches leave out directories with a valid CACHEDIR.TAG (bford.info/cachedir)
 * @param excludeIfPresent leave out directories that hold an entry of one of these names
 * @param excludeLargerThanBytes leave out larger files; {@code Long.MAX_VALUE} for none
 */
public record CaptureSource(
        FilePath path,
        boolean optional,
        IgnoreRules excludes,
        boolean oneFileSystem,
        boolean excludeCaches,
        List<FileName> excludeIfPresent,
        long excludeLargerThanBytes) {
    public CaptureSource {
        excludeIfPresent = List.copyOf(excludeIfPresent);
    }

    /** Everything at {@code path}, which must be there. */
    public static CaptureSource whole(FilePath path) {
        return new CaptureSource(path, false, IgnoreRules.NONE, false, false, List.of(), Long.MAX_VALUE);
    }
}
