/**
 * A repository in a directory of this machine, with the publish protocol that survives a power cut. Depends on\n * {@code core.fs}. Start reading at {@link dev.strandline.store.backend.local.LocalBackend}.
 */
@NullMarked
package dev.strandline.store.backend.local;

import org.jspecify.annotations.NullMarked;
