/**
 * What a repository holds, as text, as JSON, and as a page for a browser. The page is one file without scripts and without
 * anything from elsewhere; what it says in pictures it says in tables too. Depends on {@code core.report} and
 * {@code cli.output}. Start reading at {@link dev.strandline.cli.report.ReportPage}.
 */
@NullMarked
package dev.strandline.cli.report;

import org.jspecify.annotations.NullMarked;
