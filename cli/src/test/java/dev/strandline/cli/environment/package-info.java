/** What surrounds a command. */
@NullMarked
package dev.strandline.cli.environment;

import org.jspecify.annotations.NullMarked;
