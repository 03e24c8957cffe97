/**
 * Test support of the store: a file system in memory that forgets what was not synced, and the few lines that take,
 * restore and compare a snapshot. Start reading at {@link dev.strandline.store.testkit.CrashFileSystem}.
 */
@NullMarked
package dev.strandline.store.testkit;

import org.jspecify.annotations.NullMarked;
