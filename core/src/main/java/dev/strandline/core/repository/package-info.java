/**
 * The ports through which the engines use a repository, and everything that can be wrong with one. Knows nothing of
 * packs or files. Depends on {@code chunk} and {@code snapshot}'s values. Start reading at
 * {@link dev.strandline.core.repository.Repository}.
 */
@NullMarked
package dev.strandline.core.repository;

import org.jspecify.annotations.NullMarked;
