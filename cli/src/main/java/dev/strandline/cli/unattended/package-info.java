/**
 * What surrounds a run that nobody watches: hooks, guards, the commands that tell the system's state, and what is left for
 * monitoring. Start reading at {@link dev.strandline.cli.unattended.Attendance}.
 */
@NullMarked
package dev.strandline.cli.unattended;

import org.jspecify.annotations.NullMarked;
