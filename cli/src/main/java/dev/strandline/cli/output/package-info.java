/**
 * Text and JSON for people and machines. Start reading at {@link dev.strandline.cli.output.Output}.
 */
@NullMarked
package dev.strandline.cli.output;

import org.jspecify.annotations.NullMarked;
