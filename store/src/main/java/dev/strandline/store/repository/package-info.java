/**
 * The front door: creates, unlocks and opens repositories and runs sessions that write to them. Start reading at
 * {@link dev.strandline.store.repository.Repositories}.
 */
@NullMarked
package dev.strandline.store.repository;

import org.jspecify.annotations.NullMarked;
