package dev.strandline.store.gc;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.Sha256;
import dev.strandline.core.reach.LiveSet;
import dev.strandline.core.reach.Reference;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.ChunkStreamCodec;
import dev.strandline.store.index.ChunkIndex;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What a snapshot holds, with what that is encoded against. Safe for use by several threads; its kinds are called by one at a time. */
abstract class Holding implements LiveSet {
    private final ChunkIndex index;
    private final ChunkPlaces places;

    Holding(ChunkIndex index, ChunkPlaces places) {
        this.index = index;
        this.places = places;
    }

    /** A chunk is held. */
    abstract void hold(ChunkPlaces.Place place) throws RepositoryException;

    /** @return whether what the chunk leads to has to be looked at */
    abstract boolean enter(ChunkPlaces.Place place) throws RepositoryException;

    /** @return whether what the stream leads to has to be looked at */
    abstract boolean enter(String stream);

    @Override
    public final synchronized void add(ChunkId chunk) throws RepositoryException {
        holdWithBase(places.of(chunk));
    }

    private void holdWithBase(ChunkPlaces.Place place) throws RepositoryException {
        hold(place);
        if (place.location().base().isPresent()) {
            hold(places.of(place.location().base().get()));
        }
    }

    @Override
    public final synchronized boolean enter(ChunkId chunk) throws RepositoryException {
        var place = places.of(chunk);
        holdWithBase(place);
        return enter(place);
    }

    @Override
    public final synchronized boolean enter(ChunkStream stream) {
        return enter(digest(stream));
    }

    /** Tells streams apart, in 32 characters. */
    private static String digest(ChunkStream stream) {
        var out = new Encoder();
        ChunkStreamCodec.encode(out, stream);
        byte[] digest = Sha256.of(out.toBytes());
        return HexFormat.of().formatHex(digest, 0, digest.length / 2);
    }

    @Override
    public final Optional<List<Reference>> references(ChunkId chunk) throws RepositoryException {
        return index.references(chunk);
    }

    @Override
    public final void learn(ChunkId chunk, List<Reference> references) throws RepositoryException {
        index.learn(chunk, references);
    }
}
