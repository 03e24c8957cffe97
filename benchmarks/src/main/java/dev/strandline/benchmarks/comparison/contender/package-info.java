/**
 * The programs that are compared, each behind the same few verbs. Start reading at {@link
 * dev.strandline.benchmarks.comparison.contender.Contender}.
 */
@NullMarked
package dev.strandline.benchmarks.comparison.contender;

import org.jspecify.annotations.NullMarked;
