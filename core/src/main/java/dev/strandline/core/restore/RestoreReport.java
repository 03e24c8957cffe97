package dev.strandline.core.restore;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.restore.RestoreProblem.Aspect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what a restore could not bring back. Safe for use by several threads. */
public final class RestoreReport {
    /** Problems kept word for word; all are counted. */
    private static final int MAX_PROBLEMS = 1000;

    private final List<RestoreProblem> problems = new ArrayList<>(); // guarded by this
    private final Map<Aspect, Long> counts = new EnumMap<>(Aspect.class); // guarded by this
    private final Map<FilePath, Set<Aspect>> byPath = new HashMap<>(); // guarded by this

    public synchronized void add(RestoreProblem problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem);
        }
        counts.merge(problem.aspect(), 1L, Long::sum);
        byPath.computeIfAbsent(problem.path(), _ -> EnumSet.noneOf(Aspect.class))
                .add(problem.aspect());
    }

    /** Whether {@code aspect} of an entry was reported before. */
    public synchronized boolean has(FilePath path, Aspect aspect) {
        return byPath.getOrDefault(path, Set.of()).contains(aspect);
    }

    public synchronized List<RestoreProblem> problems() {
        return List.copyOf(problems);
    }

    public synchronized long count(Aspect aspect) {
        return counts.getOrDefault(aspect, 0L);
    }

    public synchronized long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
