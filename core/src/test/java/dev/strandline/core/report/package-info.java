/** What reports say of repositories. */
@NullMarked
package dev.strandline.core.report;

import org.jspecify.annotations.NullMarked;
