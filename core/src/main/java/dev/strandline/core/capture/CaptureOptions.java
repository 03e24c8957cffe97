package dev.strandline.core.capture;

import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import java.util.List;

/**
 * What to capture.
 *
 * @param paths absolute paths, in any order
 * @param excludes anchored at each captured path and at {@code /}
 * @param oneFileSystem stay on the file system of each captured path
 * @param excludeCaches leave out directories with a valid CACHEDIR.TAG (bford.info/cachedir)
 * @param excludeIfPresent leave out directories that hold an entry of one of these names
 * @param excludeLargerThanBytes leave out larger files; {@code Long.MAX_VALUE} for none
 * @param excludedDirectories leave these out wherever they appear: the repository itself
 * @param workerCount threads that read files
 */
public record CaptureOptions(
        List<FilePath> paths,
        IgnoreRules excludes,
        boolean oneFileSystem,
        boolean excludeCaches,
        List<FileName> excludeIfPresent,
        long excludeLargerThanBytes,
        List<FileStatus> excludedDirectories,
        int workerCount) {
    public CaptureOptions {
        paths = List.copyOf(paths);
        excludeIfPresent = List.copyOf(excludeIfPresent);
        excludedDirectories = List.copyOf(excludedDirectories);
        if (workerCount < 1) {
            throw new IllegalArgumentException("a capture needs at least one worker");
        }
    }
}
