/**
 * Trees: a directory is a stream of encoded entries, a node is an entry's type, metadata and content. Nodes hold only
 * what a restore can restore, so that equal trees are equal bytes. Depends on {@code chunk}, {@code path},
 * {@code encoding} and {@code fs}'s values. Start reading at {@link dev.strandline.core.tree.Node}, then
 * {@link dev.strandline.core.tree.NodeCodec}; {@code docs/format.md} has every byte.
 */
@NullMarked
package dev.strandline.core.tree;

import org.jspecify.annotations.NullMarked;
