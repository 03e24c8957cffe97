/**
 * What it costs to drop most of a history and to free what only that needed, compared with restic and borg. Start reading
 * at {@link dev.strandline.benchmarks.collection.CollectionBenchmark}.
 */
@NullMarked
package dev.strandline.benchmarks.collection;

import org.jspecify.annotations.NullMarked;
