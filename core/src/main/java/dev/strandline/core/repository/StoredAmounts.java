package dev.strandline.core.repository;

/**
 * What a repository holds, in objects and bytes.
 *
 * @param dataChunks distinct chunks of file content
 * @param dataPlainBytes what these are together, before compression
 * @param dataStoredBytes what their frames take
 * @param treeChunks distinct chunks of trees and chunk lists
 * @param packBytes all packs, frames included
 * @param segmentBytes all index segments
 * @param snapshotBytes all snapshot records
 */
public record StoredAmounts(
        long dataChunks,
        long dataPlainBytes,
        long dataStoredBytes,
        long treeChunks,
        long treePlainBytes,
        long treeStoredBytes,
        long packs,
        long packBytes,
        long segments,
        long segmentBytes,
        long snapshots,
        long snapshotBytes) {

    /** Everything that takes space. */
    public long totalBytes() {
        return packBytes + segmentBytes + snapshotBytes;
    }

    /** What is neither content nor trees: headers, footers, index segments, snapshot records. */
    public long overheadBytes() {
        return totalBytes() - dataStoredBytes - treeStoredBytes;
    }
}
