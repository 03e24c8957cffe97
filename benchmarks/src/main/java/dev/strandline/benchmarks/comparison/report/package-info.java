/**
 * From figures to the table and the chart; no processes, no files but those that describe the machine. Start reading at
 * {@link dev.strandline.benchmarks.comparison.report.Row}.
 */
@NullMarked
package dev.strandline.benchmarks.comparison.report;

import org.jspecify.annotations.NullMarked;
