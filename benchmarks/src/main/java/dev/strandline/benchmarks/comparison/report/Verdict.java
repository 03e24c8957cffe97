package dev.strandline.benchmarks.comparison.report;

/**
 * Whether a target is met.
 *
 * @param target as it is written in the table
 */
public record Verdict(String target, boolean isMet) {}
