package dev.strandline.core.capture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to capture.
 *
 * @param sources in any order; one that lies in another is taken where rules of that one would leave it out, too
 * @param ownPlaces left out wherever they appear
 * @param workerCount threads that read files
 */
public record CaptureOptions(List<CaptureSource> sources, List<OwnPlace> ownPlaces, int workerCount) {
    public CaptureOptions {
        sources = List.copyOf(sources);
        ownPlaces = List.copyOf(ownPlaces);
        if (workerCount < 1) {
            throw new IllegalArgumentException("a capture needs at least one worker");
        }
    }

    /**
     * A source that lies in no other.
     *
     * @param inner the sources that lie in it; null for none
     */
    record Outermost(CaptureSource source, @Nullable NamedPaths inner) {}

    /** The sources that lie in no other, ordered by path; of equal ones the first. */
    List<Outermost> outermost() {
        var outermost = new ArrayList<Outermost>();
        var inner = new ArrayList<CaptureSource>();
        @Nullable CaptureSource outer = null;
        for (var source : sources.stream()
                .sorted(Comparator.comparing(CaptureSource::path))
                .toList()) {
            if (outer != null && source.path().startsWith(outer.path())) {
                if (!source.path().equals(outer.path())) {
                    inner.add(source);
                }
            } else {
                if (outer != null) {
                    outermost.add(outermost(outer, inner));
                    inner.clear();
                }
                outer = source;
            }
        }
        if (outer != null) {
            outermost.add(outermost(outer, inner));
        }
        return outermost;
    }

    private static Outermost outermost(CaptureSource outer, List<CaptureSource> inner) {
        return new Outermost(outer, inner.isEmpty() ? null : NamedPaths.below(outer.path(), inner));
    }
}
