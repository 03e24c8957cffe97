/**
 * Options that several commands share, and what they lead to: an open repository, a chosen snapshot. Start reading at\n * {@link dev.strandline.cli.options.RepositoryOptions}.
 */
@NullMarked
package dev.strandline.cli.options;

import org.jspecify.annotations.NullMarked;
