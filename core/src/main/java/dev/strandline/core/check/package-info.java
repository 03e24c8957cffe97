/**
 * Proves that what snapshots need is there: every reachable tree is read, every chunk it names is promised by the
 * index, and on request every byte is read. Depends on {@code browse} and {@code repository}. Start reading at
 * {@link dev.strandline.core.check.Checker}.
 */
@NullMarked
package dev.strandline.core.check;

import org.jspecify.annotations.NullMarked;
