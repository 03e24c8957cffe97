/** Contents of files as lines. */
@NullMarked
package dev.strandline.cli.text;

import org.jspecify.annotations.NullMarked;
