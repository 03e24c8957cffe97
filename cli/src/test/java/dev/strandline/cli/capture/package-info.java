/** Snapshots of a file system that behaves badly at chosen moments, taken inside the test's own process. */
@NullMarked
package dev.strandline.cli.capture;

import org.jspecify.annotations.NullMarked;
