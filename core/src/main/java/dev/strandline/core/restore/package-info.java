/**
 * Brings a snapshot back: {@link dev.strandline.core.restore.RestorePlanner} decides, read only,
 * {@link dev.strandline.core.restore.Restorer} does it, {@link dev.strandline.core.restore.Verifier} looks whether it
 * is so. Anchored to directory descriptors throughout: no symbolic link below the target is ever followed. Depends on
 * {@code browse}, {@code fs} and {@code pattern}.
 */
@NullMarked
package dev.strandline.core.restore;

import org.jspecify.annotations.NullMarked;
