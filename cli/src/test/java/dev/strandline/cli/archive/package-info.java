/** Tests of the archives that {@code dump} writes. */
@NullMarked
package dev.strandline.cli.archive;

import org.jspecify.annotations.NullMarked;
