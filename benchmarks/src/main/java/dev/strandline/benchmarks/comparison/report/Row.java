package dev.strandline.benchmarks.comparison.report;

import dev.strandline.benchmarks.comparison.measure.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One line of the table: the same figure of several subjects, always the smaller the better.
 *
 * @param workload its letter
 * @param measure what was measured
 * @param runs how many runs a figure is the median of; 0 when it is no median
 */
public record Row(
        String workload, String measure, int runs, Unit unit, Map<Subject, Double> figures, List<Target> targets) {
    public Row {
        figures = Collections.unmodifiableMap(new EnumMap<>(figures));
        targets = List.copyOf(targets);
    }

    /** The smaller figure of restic and borg. */
    public Optional<Subject> bestPeer() {
        return figures.keySet().stream().filter(Subject::isPeer).min(Comparator.comparingDouble(this::figure));
    }

    /** Strandline's figure to those that its targets speak of; to the best peer at least. */
    public List<Ratio> ratios() {
        var ratios = new ArrayList<Ratio>();
        for (var target : targets) {
            switch (target) {
                case Target.OfBestPeer(double limit) ->
                    bestPeer().ifPresent(peer -> ratios.add(ratio(peer, OptionalDouble.of(limit))));
                case Target.OfSubject(Subject subject, double limit) -> {
                    if (figures.containsKey(subject)) {
                        ratios.add(ratio(subject, OptionalDouble.of(limit)));
                    }
                }
                case Target.Absolute(double _) -> {}
            }
        }
        if (ratios.stream().noneMatch(ratio -> ratio.of().isPeer())) {
            bestPeer().ifPresent(peer -> ratios.addFirst(ratio(peer, OptionalDouble.empty())));
        }
        return ratios;
    }

    private Ratio ratio(Subject of, OptionalDouble limit) {
        return new Ratio(of, figure(Subject.STRANDLINE) / figure(of), limit);
    }

    /** What became of each target. */
    public List<Verdict> verdicts() {
        var verdicts = new ArrayList<Verdict>();
        for (var ratio : ratios()) {
            ratio.limit()
                    .ifPresent(limit -> verdicts.add(new Verdict(
                            "≤ " + Ratio.text(limit) + " × " + ratio.of().label(), ratio.isMet())));
        }
        for (var target : targets) {
            if (target instanceof Target.Absolute(double limit)) {
                verdicts.add(new Verdict("≤ " + unit.text(limit), figure(Subject.STRANDLINE) <= limit));
            }
        }
        return verdicts;
    }

    double figure(Subject subject) {
        var figure = figures.get(subject);
        if (figure == null) {
            throw new IllegalArgumentException("no figure of " + subject + " in " + measure);
        }
        return figure;
    }
}
