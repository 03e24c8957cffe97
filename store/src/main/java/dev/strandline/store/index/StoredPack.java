package dev.strandline.store.index;

import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.format.SegmentFormat.PackListing;

/**
 * A pack as the index knows it.
 *
 * @param chunkCount all the chunks in it
 * @param sizeBytes of the whole pack
 * @param listed whether a segment or a snapshot record is known to list it
 */
public record StoredPack(ObjectName name, int chunkCount, long sizeBytes, boolean listed) {
    static StoredPack of(PackListing listing, boolean listed) {
        int count = 0;
        for (var frame : listing.contents().frames()) {
            count += frame.chunks().size();
        }
        return new StoredPack(listing.pack(), count, listing.sizeBytes(), listed);
    }

    StoredPack withListed() {
        return new StoredPack(name, chunkCount, sizeBytes, true);
    }
}
