/**
 * What there is: snapshot records, wherever they stand; notes of those that were forgotten; generations of garbage
 * collection, and the runs that are at work. Start reading at {@link dev.strandline.store.catalog.SnapshotRecords} and, for
 * the protocol, at {@link dev.strandline.store.catalog.Session}.
 */
@NullMarked
package dev.strandline.store.catalog;

import org.jspecify.annotations.NullMarked;
