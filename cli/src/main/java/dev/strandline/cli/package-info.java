/**
 * The command line: one file per command, text and JSON renderers, exit codes. Depends on store and core; nobody
 * depends on it. Start reading at {@code Main}.
 */
@NullMarked
package dev.strandline.cli;

import org.jspecify.annotations.NullMarked;
