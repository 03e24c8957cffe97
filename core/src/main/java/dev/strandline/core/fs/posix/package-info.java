/**
 * The host's file system on Linux, x86-64 and aarch64, through {@code java.lang.foreign}: names stay bytes, everything is
 * anchored to descriptors, errors carry their errno. All system calls go through libc's one function {@code syscall},
 * because each further native signature costs about 8 ms at start; {@link dev.strandline.core.fs.posix.Kernel} is the
 * only class that calls native code. Depends on the port {@code fs} and on {@code path}. Start reading at
 * {@link dev.strandline.core.fs.posix.PosixFileSystem}.
 */
@NullMarked
package dev.strandline.core.fs.posix;

import org.jspecify.annotations.NullMarked;
