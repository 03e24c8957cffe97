/**
 * How snapshots follow one another: what differs between two of them. Start reading at
 * {@link dev.strandline.core.history.SnapshotDifference}.
 */
@NullMarked
package dev.strandline.core.history;

import org.jspecify.annotations.NullMarked;
