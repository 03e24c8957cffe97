/**
 * What a snapshot is, and how one is named on the command line. Values and pure functions. Depends on {@code tree},
 * {@code path} and {@code encoding}. Start reading at
 * {@link dev.strandline.core.snapshot.SnapshotRecord}.
 */
@NullMarked
package dev.strandline.core.snapshot;

import org.jspecify.annotations.NullMarked;
