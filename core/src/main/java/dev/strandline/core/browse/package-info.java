/**
 * Reading trees back: entries and extents one by one, and the node at a path. Depends on {@code tree}, {@code snapshot}
 * and the ports of {@code repository}. Start reading at {@link dev.strandline.core.browse.SnapshotTree}.
 */
@NullMarked
package dev.strandline.core.browse;

import org.jspecify.annotations.NullMarked;
