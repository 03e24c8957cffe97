/** What surrounds a command. */
@NullMarked
package dev.strandline.cli.schedule;

import org.jspecify.annotations.NullMarked;
