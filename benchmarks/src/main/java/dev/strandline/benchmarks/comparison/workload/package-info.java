/**
 * The trees that are captured, how they change, and what is measured of each. Start reading at {@link
 * dev.strandline.benchmarks.comparison.workload.Workload}.
 */
@NullMarked
package dev.strandline.benchmarks.comparison.workload;

import org.jspecify.annotations.NullMarked;
