/**
 * What snapshots need: which chunks can be reached from them. Depends on {@code browse}, {@code repository}, {@code snapshot}
 * and {@code tree}. Start reading at {@link dev.strandline.core.reach.Marker}.
 */
@NullMarked
package dev.strandline.core.reach;

import org.jspecify.annotations.NullMarked;
