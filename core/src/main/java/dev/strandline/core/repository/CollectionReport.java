package dev.strandline.core.repository;

/**
 * What a garbage collection has found and done, or would do.
 *
 * @param snapshots that exist
 * @param liveChunks that they need
 * @param unusedChunks that nothing needs, as it began
 * @param packBytesBefore what packs took as it began
 * @param deadPacks that held nothing that is needed
 * @param rewrittenPacks whose needed chunks were copied to others, because too much of them was unused or they were small
 * @param deletedPacks of these, those that are deleted
 * @param writtenBytes what the new packs take
 * @param freedBytes what the deleted packs took
 * @param remainingUnusedBytes about what unused chunks take in packs that stay
 * @param mergedRecords snapshot records that were put together
 * @param waitsFor runs that began before, and still run: what it decided is carried out by the next collection after them
 */
public record CollectionReport(
        int snapshots,
        long liveChunks,
        long unusedChunks,
        long packBytesBefore,
        int deadPacks,
        int rewrittenPacks,
        int deletedPacks,
        long writtenBytes,
        long freedBytes,
        long remainingUnusedBytes,
        int mergedRecords,
        int waitsFor) {}
