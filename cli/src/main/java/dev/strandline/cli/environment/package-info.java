/**
 * What surrounds a command: arguments and environment as bytes, clock, file system, streams, signals. Start reading at
 * {@link dev.strandline.cli.environment.Context}.
 */
@NullMarked
package dev.strandline.cli.environment;

import org.jspecify.annotations.NullMarked;
