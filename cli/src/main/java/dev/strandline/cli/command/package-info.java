/**
 * One file per command: its fields, its syntax, what it does. Start reading at {@link dev.strandline.cli.command.SnapshotCommand}.
 */
@NullMarked
package dev.strandline.cli.command;

import org.jspecify.annotations.NullMarked;
