/**
 * What a year of snapshots costs: how a repository grows, and what commands take at its end. Start reading at
 * {@link dev.strandline.benchmarks.year.YearBenchmark}.
 */
@NullMarked
package dev.strandline.benchmarks.year;

import org.jspecify.annotations.NullMarked;
