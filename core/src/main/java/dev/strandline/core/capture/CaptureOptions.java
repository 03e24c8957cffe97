package dev.strandline.core.capture;

import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.path.FilePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
        var kept = new ArrayList<CaptureSource>();
        for (var source : sources.stream()
                .sorted(Comparator.comparing(CaptureSource::path))
                .toList()) {
            if (kept.isEmpty() || !source.path().startsWith(kept.getLast().path())) {
                kept.add(source);
            }
        }
        return kept;
    }

    /** Whether {@code path} is one of the sources. */
    boolean isSource(FilePath path) {
        return sources.stream().anyMatch(source -> source.path().equals(path));
    }
}
