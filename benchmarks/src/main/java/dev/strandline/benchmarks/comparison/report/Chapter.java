package dev.strandline.benchmarks.comparison.report;

import java.util.List;

/**
 * What one workload has brought.
 *
 * @param letter of the workload
 * @param date when it was measured, such as {@code 2026-11-29}
 * @param description what was captured: sizes, counts, how it changed
 * @param isFaithful whether every tree that Strandline restored was the same as its source
 * @param remarks what a reader of the figures has to know, such as a restored tree that differs from its source
 */
public record Chapter(
        String letter, String date, String description, List<Row> rows, boolean isFaithful, List<String> remarks) {
    public Chapter {
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
    }
}
