package dev.strandline.benchmarks.comparison.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Several runs of the same command by several subjects. One thread. */
public final class Samples {
    private final Map<Subject, List<Usage>> usages = new EnumMap<>(Subject.class);

    public void add(Subject subject, Usage usage) {
        usages.computeIfAbsent(subject, _ -> new ArrayList<>()).add(usage);
    }

    /** How many runs of one subject there are, at most. */
    public int rounds() {
        return usages.values().stream().mapToInt(List::size).max().orElse(0);
    }

    public Map<Subject, Double> medianWallSeconds() {
        return each(runs -> median(values(runs, Usage::wallSeconds)));
    }

    /** The largest of all runs, in bytes. */
    public Map<Subject, Double> peakBytes() {
        return each(runs -> Arrays.stream(values(runs, Usage::peakBytes)).max().orElseThrow());
    }

    private Map<Subject, Double> each(ToDoubleFunction<List<Usage>> summary) {
        var figures = new EnumMap<Subject, Double>(Subject.class);
        usages.forEach((subject, runs) -> figures.put(subject, summary.applyAsDouble(runs)));
        return figures;
    }

    private static double[] values(List<Usage> runs, ToDoubleFunction<Usage> value) {
        return runs.stream().mapToDouble(value).toArray();
    }

    /** The middle value; of an even number of values the mean of the two in the middle. */
    public static double median(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no value has no median");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int upper = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
    }
}
