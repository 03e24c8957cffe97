/** How snapshots follow one another. */
@NullMarked
package dev.strandline.core.history;

import org.jspecify.annotations.NullMarked;
