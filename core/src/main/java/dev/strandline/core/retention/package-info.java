/**
 * Which snapshots to keep, and why. Pure: nothing is read or deleted here. Depends on {@code snapshot} and {@code path}. Start
 * reading at {@link dev.strandline.core.retention.RetentionPolicy}; decision 18 has what was considered.
 */
@NullMarked
package dev.strandline.core.retention;

import org.jspecify.annotations.NullMarked;
