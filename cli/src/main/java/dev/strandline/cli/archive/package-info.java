/**
 * Part of a snapshot as a tar or zip archive, written straight to a stream. Depends on core and Commons Compress. Start
 * reading at {@link dev.strandline.cli.archive.SnapshotArchiver}.
 */
@NullMarked
package dev.strandline.cli.archive;

import org.jspecify.annotations.NullMarked;
