package dev.strandline.core.repository;

/**
 * What a repository holds, in objects and bytes.
 *
 * @param data chunks of file content
 * @param tree chunks of trees and chunk lists
 * @param dataSizes how large the chunks of file content are
 * @param packBytes all packs, frames included
 * @param segmentBytes all index segments
 * @param snapshots objects that hold snapshot records
 * @param snapshotBytes all of these
 * @param otherBytes the configuration, keys, and notes of forgetting and garbage collection
 */
public record StoredAmounts(
        ChunkAmounts data,
        ChunkAmounts tree,
        SizeHistogram dataSizes,
        long packs,
        long packBytes,
        long segments,
        long segmentBytes,
        long snapshots,
        long snapshotBytes,
        long otherBytes) {

    /** Everything that takes space, but for what is derived. */
    public long totalBytes() {
        return packBytes + segmentBytes + snapshotBytes + otherBytes;
    }

    /** What is neither content nor trees: headers, footers, index segments, snapshot records, the rest. */
    public long overheadBytes() {
        return totalBytes() - data.storedBytes() - tree.storedBytes();
    }
}
