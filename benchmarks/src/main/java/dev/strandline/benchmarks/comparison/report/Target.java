package dev.strandline.benchmarks.comparison.report;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.strandline.benchmarks.comparison.measure.Subject;

/** How small Strandline's figure is to be. */
@JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
public sealed interface Target {
    /** At most this many times the smallest figure of restic and borg. */
    record OfBestPeer(double limit) implements Target {}

    /** At most this many times somebody's figure. */
    record OfSubject(Subject subject, double limit) implements Target {}

    /** At most this much, in the row's unit. */
    record Absolute(double limit) implements Target {}
}
