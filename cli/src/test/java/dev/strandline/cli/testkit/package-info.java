/**
 * Runs the packed distribution as its users do: real processes with a chosen environment, user and working directory.
 * Start reading at {@link dev.strandline.cli.testkit.Workplace}.
 */
@NullMarked
package dev.strandline.cli.testkit;

import org.jspecify.annotations.NullMarked;
