/** What the packed distribution promises, shown by running it. Needs {@code cli/target/strandline}. */
@NullMarked
package dev.strandline.cli.endtoend;

import org.jspecify.annotations.NullMarked;
