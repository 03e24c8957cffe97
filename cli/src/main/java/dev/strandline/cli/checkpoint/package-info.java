/**
 * Older copies of folders, as rsync scripts leave them: which directories are such checkpoints, of what time they are and
 * what was said of them. Depends on core only and changes nothing. Start reading at
 * {@link dev.strandline.cli.checkpoint.CheckpointFinder}.
 */
@NullMarked
package dev.strandline.cli.checkpoint;

import org.jspecify.annotations.NullMarked;
