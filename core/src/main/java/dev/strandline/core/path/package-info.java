/**
 * Names and paths as bytes. A {@code String} loses names under cron, where the JVM's file name encoding is ASCII, so
 * nothing between the kernel and the repository ever decodes one. Depends on nothing.
 */
@NullMarked
package dev.strandline.core.path;

import org.jspecify.annotations.NullMarked;
