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
 * @param readFrom {@code path}, or a directory that is captured as if it were there, such as an older copy: patterns and
 *     the result speak of {@code path}, events of what is read
 * @param link what becomes of it when {@code path} is a symbolic link
 */
public record CaptureSource(
        FilePath path,
        boolean optional,
        IgnoreRules excludes,
        boolean oneFileSystem,
        boolean excludeCaches,
        List<FileName> excludeIfPresent,
        long excludeLargerThanBytes,
        FilePath readFrom,
        SourceLink link) {
    public CaptureSource {
        excludeIfPresent = List.copyOf(excludeIfPresent);
    }

    /** Read from where it stands. */
    public CaptureSource(
            FilePath path,
            boolean optional,
            IgnoreRules excludes,
            boolean oneFileSystem,
            boolean excludeCaches,
            List<FileName> excludeIfPresent,
            long excludeLargerThanBytes) {
        this(
                path,
                optional,
                excludes,
                oneFileSystem,
                excludeCaches,
                excludeIfPresent,
                excludeLargerThanBytes,
                path,
                SourceLink.KEEP);
    }

    /** Everything at {@code path}, which must be there. */
    public static CaptureSource whole(FilePath path) {
        return new CaptureSource(path, false, IgnoreRules.NONE, false, false, List.of(), Long.MAX_VALUE);
    }

    /** The same, but what is captured is {@code directory}. */
    public CaptureSource from(FilePath directory) {
        return new CaptureSource(
                path,
                optional,
                excludes,
                oneFileSystem,
                excludeCaches,
                excludeIfPresent,
                excludeLargerThanBytes,
                directory,
                link);
    }

    /** The same, but with {@code use} made of a symbolic link. */
    public CaptureSource with(SourceLink use) {
        return new CaptureSource(
                path,
                optional,
                excludes,
                oneFileSystem,
                excludeCaches,
                excludeIfPresent,
                excludeLargerThanBytes,
                readFrom,
                use);
    }

    boolean isReadElsewhere() {
        return !readFrom.equals(path);
    }
}
