/**
 * A reader of repositories written from {@code docs/format.md} alone: it uses the JDK, zstd and Bouncy Castle, and not a
 * line of Strandline. If it can't read what the program wrote, one of program and page is wrong.
 */
package dev.strandline.store.independent;
