/** What surrounds a command. */
@NullMarked
package dev.strandline.cli.unattended;

import org.jspecify.annotations.NullMarked;
