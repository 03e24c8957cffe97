/** Processes, what they cost, and the numbers that sum it up. Depends on no other package of the comparison. */
@NullMarked
package dev.strandline.benchmarks.comparison.measure;

import org.jspecify.annotations.NullMarked;
