/**
 * One file per command. Start reading at {@link dev.strandline.cli.command.SnapshotCommand}.
 */
@NullMarked
package dev.strandline.cli.command;

import org.jspecify.annotations.NullMarked;
