/** How reports are drawn. */
@NullMarked
package dev.strandline.cli.report;

import org.jspecify.annotations.NullMarked;
