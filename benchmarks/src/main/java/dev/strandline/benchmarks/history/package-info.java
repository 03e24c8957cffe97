/**
 * What looking back costs when there are many snapshots. Start reading at
 * {@link dev.strandline.benchmarks.history.HistoryBenchmark}.
 */
@NullMarked
package dev.strandline.benchmarks.history;

import org.jspecify.annotations.NullMarked;
