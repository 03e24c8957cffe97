package dev.strandline.core.capture;

import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sources that lie in another one, as a tree of their names: what is named is captured, whatever rules say. One thread. */
final class NamedPaths {
    private final Map<FileName, NamedPaths> below = new HashMap<>();
    private @Nullable CaptureSource source;
    private boolean met;

    /** @param inner all lie below {@code outer}; of equal ones the first counts */
    static NamedPaths below(FilePath outer, List<CaptureSource> inner) {
        var top = new NamedPaths();
        for (var source : inner) {
            var node = top;
            for (int depth = outer.depth(); depth < source.path().depth(); depth++) {
                node = node.below.computeIfAbsent(source.path().nameAt(depth), _ -> new NamedPaths());
            }
            if (node.source == null) {
                node.source = source;
            }
        }
        return top;
    }

    /** What is named at or below an entry; null for nothing. */
    @Nullable
    NamedPaths at(FileName name) {
        return below.get(name);
    }

    /** The source that is named here; null where one only lies further below. */
    @Nullable
    CaptureSource source() {
        return source;
    }

    /** The walk has seen it, or told why not. */
    void meet() {
        met = true;
    }

    /** The names that lead on from here, in order. */
    List<FileName> names() {
        return below.keySet().stream().sorted().toList();
    }

    /** The sources that the walk has not come across, ordered by path. */
    List<CaptureSource> missed() {
        var missed = new ArrayList<CaptureSource>();
        addMissed(missed);
        missed.sort(Comparator.comparing(CaptureSource::path));
        return missed;
    }

    private void addMissed(List<CaptureSource> missed) {
        if (source != null && !met) {
            missed.add(source);
        }
        below.values().forEach(node -> node.addMissed(missed));
    }
}
