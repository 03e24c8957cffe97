/**
 * Where each chunk is: derived from packs and index segments, held in RocksDB, rebuilt whenever it is missing, stale\n * or damaged. The only user of RocksDB. Start reading at {@link dev.strandline.store.index.ChunkIndex}.
 */
@NullMarked
package dev.strandline.store.index;

import org.jspecify.annotations.NullMarked;
