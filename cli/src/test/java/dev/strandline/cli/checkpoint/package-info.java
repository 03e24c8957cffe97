/** Which folders are checkpoints, and what is known of them. */
@NullMarked
package dev.strandline.cli.checkpoint;

import org.jspecify.annotations.NullMarked;
