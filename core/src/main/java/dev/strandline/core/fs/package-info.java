/**
 * The port to the host's file system: byte-exact names, every operation anchored to an open directory, errors with their
 * errno. {@code fs.posix} is its one production implementation; tests put another in front to make calls fail. Depends
 * on {@code path}. Start reading at {@link dev.strandline.core.fs.HostFileSystem}.
 */
@NullMarked
package dev.strandline.core.fs;

import org.jspecify.annotations.NullMarked;
