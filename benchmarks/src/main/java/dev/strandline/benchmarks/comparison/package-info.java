/**
 * Strandline's packaged program against restic, borg and rsync, each command as a whole. May use the other packages below
 * it and nothing of Strandline's own code: what is measured is what is shipped. Start reading at {@link
 * dev.strandline.benchmarks.comparison.Comparison}.
 */
@NullMarked
package dev.strandline.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
