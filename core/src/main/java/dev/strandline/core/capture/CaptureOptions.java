package dev.strandline.core.capture;

import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.path.FilePath;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What to capture.
 *
 * @param sources in any order; of one that lies in another nothing more is taken than of the other
 * @param excludedDirectories leave these out wherever they appear: the repository itself
 * @param workerCount threads that read files
 */
public record CaptureOptions(List<CaptureSource> sources, List<FileStatus> excludedDirectories, int workerCount) {
    public CaptureOptions {
        sources = List.copyOf(sources);
        excludedDirectories = List.copyOf(excludedDirectories);
        if (workerCount < 1) {
            throw new IllegalArgumentException("a capture needs at least one worker");
        }
    }

    /** The sources that lie in no other, ordered by path. */
    List<CaptureSource> outermost() {
        var byPath = sources.stream().collect(Collectors.toMap(CaptureSource::path, Function.identity(), (a, _) -> a));
        return FilePath.outermost(List.copyOf(byPath.keySet())).stream()
                .map(byPath::get)
                .toList();
    }

    /** Whether {@code path} is one of the sources. */
    boolean isSource(FilePath path) {
        return sources.stream().anyMatch(source -> source.path().equals(path));
    }
}
