/**
 * What naming files one by one costs, beside naming the folder that holds them. Start at
 * {@link dev.strandline.benchmarks.lists.ListsBenchmark}.
 */
@NullMarked
package dev.strandline.benchmarks.lists;

import org.jspecify.annotations.NullMarked;
