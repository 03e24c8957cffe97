/**
 * The contents of files as lines: what differs between two of them, and where each line comes from. Start reading at
 * {@link dev.strandline.cli.text.TextDiff}.
 */
@NullMarked
package dev.strandline.cli.text;

import org.jspecify.annotations.NullMarked;
