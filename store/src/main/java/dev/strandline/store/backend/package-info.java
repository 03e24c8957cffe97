/**
 * The port to where a repository lives: named immutable objects, created once, never overwritten. Start reading at\n * {@link dev.strandline.store.backend.Backend}.
 */
@NullMarked
package dev.strandline.store.backend;

import org.jspecify.annotations.NullMarked;
