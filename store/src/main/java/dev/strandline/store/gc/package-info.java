/**
 * Garbage collection beside running snapshots: what is live, what is decided, and the protocol that carries it out.
 * {@code docs/decisions/0017} says why it is safe. Start reading at {@link dev.strandline.store.gc.Collector}.
 */
@NullMarked
package dev.strandline.store.gc;

import org.jspecify.annotations.NullMarked;
