package dev.strandline.benchmarks.collection;

import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Samples;
import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.measure.Usage;
import dev.strandline.benchmarks.comparison.report.Row;
import dev.strandline.benchmarks.comparison.report.Target;
import dev.strandline.benchmarks.comparison.report.Unit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the collections of all rounds took, and what they left. One thread. */
final class Measurements {
    private static final Target[] NO_MORE_THAN_EITHER = {
        new Target.OfSubject(Subject.RESTIC, 1), new Target.OfSubject(Subject.BORG, 1)
    };

    private final Samples together = new Samples();
    private final Map<Subject, FolderSize> before = new EnumMap<>(Subject.class);
    private final Map<Subject, FolderSize> after = new EnumMap<>(Subject.class);

    /**
     * One collection. Of the sizes those of the last round stay.
     *
     * @param usages one for each command
     * @return what all commands took
     */
    Usage add(Subject subject, FolderSize sizeBefore, List<Usage> usages, FolderSize sizeAfter) {
        var sum = usages.stream().reduce(Usage::plus).orElseThrow();
        together.add(subject, sum);
        before.put(subject, sizeBefore);
        after.put(subject, sizeAfter);
        return sum;
    }

    List<Row> rows() {
        var rows = new ArrayList<Row>();
        rows.add(wall("drop and free", together, NO_MORE_THAN_EITHER));
        rows.add(new Row("", "peak memory", 0, Unit.MEMORY, together.peakBytes(), List.of()));
        rows.addAll(sizes("before", before));
        rows.addAll(sizes("after", after, NO_MORE_THAN_EITHER));
        return rows;
    }

    private static Row wall(String measure, Samples samples, Target... targets) {
        return new Row("", measure, samples.rounds(), Unit.SECONDS, samples.medianWallSeconds(), List.of(targets));
    }

    private static List<Row> sizes(String when, Map<Subject, FolderSize> sizes, Target... targets) {
        var bytes = new EnumMap<Subject, Double>(Subject.class);
        var files = new EnumMap<Subject, Double>(Subject.class);
        sizes.forEach((subject, size) -> {
            bytes.put(subject, (double) size.bytes());
            files.put(subject, (double) size.files());
        });
        return List.of(
                new Row("", "repository " + when + ", bytes", 0, Unit.BYTES, bytes, List.of(targets)),
                new Row("", "repository " + when + ", files", 0, Unit.FILES, files, List.of()));
    }
}
