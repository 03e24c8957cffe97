/** What surrounds a command. */
@NullMarked
package dev.strandline.cli.doctor;

import org.jspecify.annotations.NullMarked;
