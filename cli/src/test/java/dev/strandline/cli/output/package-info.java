/** How answers are written. */
@NullMarked
package dev.strandline.cli.output;

import org.jspecify.annotations.NullMarked;
