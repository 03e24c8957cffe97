/**
 * Having snapshots taken by themselves: {@link dev.strandline.cli.schedule.Plan} is what a scheduler must be given, as exact
 * text, {@link dev.strandline.cli.schedule.Place} is where that goes. Depends on configuration, environment and options.
 * Start reading at {@link dev.strandline.cli.schedule.Schedules}.
 */
@NullMarked
package dev.strandline.cli.schedule;

import org.jspecify.annotations.NullMarked;
